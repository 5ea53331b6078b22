// The parts that scripts/build bundles into one file, dist/fauxen.cjs. A module is evaluated when a part first needs it.

export const parts = {
  /** The command. */
  main: (): unknown => import('./cli/main.ts'),
  /** The hypervisor thread. */
  thread: (): unknown => import('./daemon/hypervisor-thread/hypervisor-thread.ts'),
  /** Everything that a user may import; imported statically, so that it can also be loaded with require(). */
  library: (): unknown => require('./index.ts'),
};
