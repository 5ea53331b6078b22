import type { Call } from '../xen/call/call.ts';

/** "file:line" of the innermost frame of an error's stack that lies in the file of `source` ("file:line"). */
export function placeIn(error: unknown, source: string | undefined): string | undefined {
  const file = source?.replace(/:\d+$/, '');
  if (file === undefined || !(error instanceof Error)) return undefined;
  const frame = error.stack?.split('\n').find((line) => line.includes(`${file}:`));
  const line = frame?.slice(frame.indexOf(`${file}:`) + file.length).match(/^:(\d+)/)?.[1];
  return line === undefined ? undefined : `${file}:${line}`;
}

/** The line of the call's handler that is running; nothing if its source is not known. */
export function placeInHandler(call: Call): { at?: string } {
  const at = placeIn(new Error('here'), call.hypervisor.lookup(call.number)?.source);
  return at === undefined ? {} : { at };
}
