/** Symbols that a program may look for. Addresses are those of the recorded Xen's image, or invented in the same style. */
export const symbols: readonly (readonly [address: bigint, type: string, name: string])[] = [
  [0xffff82d040000000n, 'T', '__image_base__'],
  [0xffff82d040200000n, 'T', '_start'],
  [0xffff82d040200000n, 'T', '_stext'],
  [0xffff82d040200000n, 'T', 'start'],
  [0xffff82d040204a10n, 't', 'do_multicall'],
  [0xffff82d040207b40n, 'T', 'do_xen_version'],
  [0xffff82d040231c90n, 'T', 'do_sysctl'],
  [0xffff82d040205270n, 'T', 'do_domctl'],
  [0xffff82d04024f2e0n, 'T', 'do_console_io'],
  [0xffff82d040400000n, 'T', '_etext'],
];
