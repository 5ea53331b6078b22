/** Global, since the loader and the code that it loads are two bundles. */
const KEEPER = Symbol.for('fauxen.keepCode');
type Holder = { [KEEPER]?: (() => void) | undefined };

/** Sets what keepCode() does, once. */
export function setKeeper(keeper: () => void): void {
  (globalThis as Holder)[KEEPER] = keeper;
}

/**
 * Keeps what V8 has compiled so far for the next start, if this start found nothing kept. Called by each thread at its end, when most of
 * what it needs is compiled.
 */
export function keepCode(): void {
  const keeper = (globalThis as Holder)[KEEPER];
  (globalThis as Holder)[KEEPER] = undefined;
  keeper?.();
}
