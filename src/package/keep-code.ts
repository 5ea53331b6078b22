/** Global, since the loader and the code that it loads are separate bundles. */
const KEEPER = Symbol.for('fauxen.keepCode');
type Holder = { [KEEPER]?: (() => void) | undefined };

/** Sets what keepCode() does, once. */
export function setKeeper(keeper: () => void): void {
  (globalThis as Holder)[KEEPER] = keeper;
}

/**
 * Stores the code that V8 has compiled so far for the next start, unless this start found stored code. Called by each thread at its end,
 * when most of its code is compiled.
 */
export function keepCode(): void {
  const keeper = (globalThis as Holder)[KEEPER];
  (globalThis as Holder)[KEEPER] = undefined;
  keeper?.();
}
