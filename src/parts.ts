// What scripts/build makes one file of: dist/fauxen.cjs. A module in it is evaluated when a part needs it.

export const parts = {
  /** The command. */
  main: (): unknown => import('./cli/main.ts'),
  /** The hypervisor thread. */
  thread: (): unknown => import('./daemon/hypervisor-thread/hypervisor-thread.ts'),
  /** Everything that a user may import; at once, so that it can also be required. */
  library: (): unknown => require('./index.ts'),
};
