/**
 * What legitimately differs between two machines that answer alike. In the output of a command whose name matches, what `hide`
 * matches is replaced (its first group stays) on both sides. Exit status is always compared.
 */
interface Mask {
  readonly names: RegExp;
  readonly hide: RegExp;
  readonly why: string;
}

const masks: readonly Mask[] = [
  {
    names: /^xl-info/,
    hide: /^((?:host|release|version|free_memory|cc_compile_by|cc_compile_domain|cc_compile_date|build_id) +:).*$/gm,
    why: 'identity of host and build, free memory',
  },
  { names: /^xl-info-n$/, hide: /^( +0: +3071) +\d+/gm, why: 'free memory' },
  { names: /^xl-list(-after|-v)?$/, hide: /(r-----|-b----)( +)[\d.]+/g, why: 'CPU time' },
  { names: /^xl-vcpu-list/, hide: /(\d+ +)(?:\d|-) +(?:r--|-b-|---) +[\d.]+/g, why: 'CPU, state and time at the time' },
  { names: /^xl-uptime$/, hide: /(Domain-0 +0 +)[\d:, days]+/g, why: 'time' },
  { names: /^xentop/, hide: /^( +Domain-0 [-\w]+) +\d+ +[\d.]+/gm, why: 'CPU time' },
  { names: /^xenpm-get-cpuidle/, hide: /( +\d+ ms|(?<=idle time\(ms\) +: )\d+|\[ +\d+\])/g, why: 'times' },
  { names: /^xen-mfndump|^xenwatchdogd/, hide: /(\S*\/)(?=xen-mfndump)/g, why: 'path of the program' },
];

/** An output without what legitimately differs. */
export function masked(name: string, output: string): string {
  return masks
    .filter(({ names }) => names.test(name))
    .reduce((text, { hide }) => text.replace(hide, (_, kept?: string) => `${kept ?? ''}…`), output);
}
