import { hidden, type Mask } from '../../toolcheck/masks.ts';

/** What differs between two machines whose Xens answer alike: times, addresses and names. docs/fidelity.md lists it. */
export const toolMasks: readonly Mask[] = [
  {
    names: /^info/,
    hide: /^((?:host|release|version|free_memory|xen_commandline|cc_compile_\w+|build_id) +:).*$/gm,
    why: '`xl info`: names of the host, its kernel and the build; free memory',
  },
  { names: /^info-n$/, hide: /^( +0: +\d+ +)\d+/gm, why: '`xl info -n`: free memory' },
  {
    names: /^(list|claims|top-hv)/,
    hide: /(r-----|-b----|--p---) +[\d.]+/g,
    why: '`xl list`, `xl claims`: CPU time',
  },
  {
    names: /^vcpu-list/,
    hide: /( +\d+ +\d+) +(?:\d+|-) +(?:r--|-b-|---) +[\d.]+/g,
    why: '`xl vcpu-list`: CPU, state and CPU time at the moment',
  },
  { names: /^uptime$/, hide: /(Domain-0 +0) +[\d:, days]+/g, why: '`xl uptime`: time' },
  { names: /^xentop/, hide: /^( +Domain-0 [-\w]+) +\d+ +[\d.]+/gm, why: '`xentop`: CPU time and share' },
  { names: /^xentop/, hide: /( \d+:) +\d+s/g, why: '`xentop -v`: CPU time of each vcpu' },
  {
    names: /^(list2-l|xs-|xenstore)/,
    hide: /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/g,
    why: '`xl list -l`, `xenstore-ls`: uuids, which are random',
  },
  {
    names: /^(xs-|xenstore)/,
    hide: /((?:ring-ref|tty) = ")[^"]*/g,
    why: "`xenstore-ls`: machine frames of a guest's rings, number of its terminal",
  },
  {
    names: /^dmesg$/,
    hide: /^[\s\S]*$/g,
    why: '`xl dmesg` after boot: what Xen says of the machine and the build while it boots',
  },
  {
    names: /^dmesg-(h|after)$/,
    hide: /^[\s\S]*?(?=\(XEN\) 'h' pressed)/g,
    why: '`xl dmesg` later: the same, before the first message that a command caused',
  },
  {
    names: /^xenpm-cst$/,
    hide: /(idle time\(ms\) +: |: transition |residency {2})(?:\d+|\[ +\d+(?: ms)?\])/g,
    why: '`xenpm get-cpuidle-states`: times',
  },
  {
    names: /^lsevtchn$/,
    hide: /(?<=^ {2}12: .*\n)[\s\S]*/m,
    why: "`lsevtchn 0`: from the 13th on, the ports that dom0's kernel binds for the devices of its machine",
  },
  {
    names: /^hypfs-buildcfg$/,
    hide: /^[\s\S]*$/g,
    why: "`xenhypfs cat /buildinfo/config`: names the build's options; Fauxen's are those of its model, and say so",
  },
];

export const masked = (name: string, output: string): string => hidden(toolMasks, name, output);
