import type { Test } from 'tap';

/** Sets FAUXEN_CACHE, in which Fauxen keeps compiled code and parsed texts, until the end of the test. */
export function useCache(t: Test, directory: string): void {
  const before = process.env.FAUXEN_CACHE;
  process.env.FAUXEN_CACHE = directory;
  t.teardown(() => {
    if (before === undefined) delete process.env.FAUXEN_CACHE;
    else process.env.FAUXEN_CACHE = before;
  });
}
