import type { Abi } from './abi.ts';

/** Values that differ between builds of Xen, by the first minor that has them: recorded from Debian's 4.14.6, 4.17.7 and 4.20.4. */
const values = {
  /** Where Xen's source crashes a domain without a soft reset (schedvcpu.soft.0). */
  softResetCrash: [
    [0, 'domain.c:1188'],
    [17, 'common/domain.c:1440'],
    [20, 'common/domain.c:1563'],
  ],
  /** Where it crashes a domain in which a device's frame would be replaced by another device's. */
  deviceFrameCrash: [
    [0, 'p2m.c:1376'],
    [17, 'arch/x86/mm/p2m.c:1057'],
    [20, 'arch/x86/mm/p2m.c:1072'],
  ],
  /** Where it crashes a domain in which a page would replace a device's frame. */
  deviceFramePopulatedCrash: [
    [0, 'p2m.c:992'],
    [17, 'arch/x86/mm/p2m.c:673'],
    [20, 'arch/x86/mm/p2m.c:678'],
  ],
  /** Bytes of Xen in memory (misc.kexec.range.1). */
  xenBytes: [
    [0, 3871272],
    [17, 3825984],
    [20, 3846728],
  ],
  /** Bytes of the compressed configuration in /buildinfo/config. */
  configBytes: [
    [0, 806],
    [17, 977],
    [20, 1091],
  ],
  /** What compiled it (xl info's cc_compiler). */
  compiler: [
    [0, 'x86_64-linux-gnu-gcc (Debian 10.2.1-6) 10.2.1 20210110'],
    [17, 'x86_64-linux-gnu-gcc (Debian 12.2.0-14+deb12u1) 12.2.0'],
    [20, 'x86_64-linux-gnu-gcc (Debian 14.2.0-19) 14.2.0'],
  ],
} as const satisfies Readonly<Record<string, readonly (readonly [minor: number, value: number | string])[]>>;

type Values = typeof values;

/** The value in a release; those that are not recorded have the one of the last recorded release before them, or the first. */
export function valueOfRelease<Name extends keyof Values>(
  { minor }: Pick<Abi, 'minor'>,
  name: Name,
): Values[Name][number][1] {
  const [first, ...later] = values[name];
  return (later.findLast(([from]) => from <= minor) ?? first)[1];
}
