/**
 * What legitimately differs between two machines whose answers are equal. In the output of a command whose name matches, what `hide`
 * matches is replaced on both sides (its first group stays). The exit status is always compared.
 */
export interface Mask {
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
  { names: /^xl-uptime$/, hide: /(Domain-0 +0) +[\d:, days]+/g, why: 'time: from ten hours on with one space less' },
  { names: /^xentop/, hide: /^( +Domain-0 [-\w]+) +\d+ +[\d.]+/gm, why: 'CPU time' },
  {
    names: /^xenpm-get-cpuidle/,
    hide: /(idle time\(ms\) +: |: transition |residency {2})(?:\d+|\[ +\d+(?: ms)?\])/g,
    why: 'times',
  },
  {
    names: /^xen-cpuid$/,
    hide: /^Static sets:\n[\s\S]*?(?=^Dynamic sets:)/gm,
    why: 'tables of the tools’ own, which grow with Debian’s updates',
  },
  { names: /^test-xenstore$/, hide: /( *: )\d+(?= ns)/g, why: 'times' },
  {
    names: /^xl-dmesg-(after-h|after-qr|c1)$/,
    hide: /^[\s\S]*?(?=\(XEN\) 'h' pressed)/g,
    why: 'what Xen says of the machine and the build while it boots',
  },
  {
    names: /^xl-dmesg-(after-qr|c1)$/,
    hide: /(now = |NOW=|refcnt=|xenheap_pages=|instload +=|aveload +=|idlers: |fully idle cores: |credit=|load=|flags=)\s*[-\d]+(?: \(~\d+%\))?/g,
    why: 'times, loads and counts of the moment',
  },
  {
    names: /^xl-dmesg-(after-qr|c1)$/,
    hide: /(XenPage |VCPU\d: CPU\d|current=|curr=)\S*.*$/gm,
    why: 'machine frames, and what a CPU does at the time',
  },
  { names: /^xen-mfndump|^xenwatchdogd/, hide: /(\S*\/)(?=xen-mfndump)/g, why: 'path of the program' },
];

/** An output with legitimate differences replaced. */
export const masked = (name: string, output: string): string => hidden(masks, name, output);

/** An output without what these masks hide. */
export function hidden(list: readonly Mask[], name: string, output: string): string {
  return list
    .filter(({ names }) => names.test(name))
    .reduce(
      (text, { hide }) => text.replace(hide, (_, kept: unknown) => `${typeof kept === 'string' ? kept : ''}…`),
      output,
    );
}
