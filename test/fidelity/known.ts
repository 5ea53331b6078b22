import { classOf, type Difference } from './compare.ts';

/** A difference that stays, with its reason. */
export interface Known {
  /** Matches `classOf()`, a difference's words, and what was asked in parentheses, separated by spaces. */
  readonly pattern: RegExp;
  readonly reason: string;
}

export const known: readonly Known[] = [
  {
    pattern: /^memory (memory\.)?populate_physmap extent_start/,
    reason:
      'populate_physmap of a PV domain: which free machine frames Xen picks depends on the state of its heap; Fauxen picks the lowest.',
  },
  {
    pattern: /^result (platform\.)?get_symbol Xen answers 0, Fauxen -ERANGE/,
    reason: 'get_symbol: Xen has thousands of symbols; Fauxen has the functions that a trace or a profile shows.',
  },
  {
    pattern: /^memory (sysctl\.)?get_pmstat rest/,
    reason: 'get_pmstat of C-states: idle times of the CPU, which differ in each boot.',
  },
  {
    pattern: /^memory (sched\.get_runstate_info|hvm\.get_time) .*rest\[/,
    reason: 'A struct that straddles an unmapped page shows half of a time.',
  },
  {
    pattern: /^ring profiling\.\S* Xen prints "\(XEN\) dom0 mfn/,
    reason: "xenoprof_op's get_buffer prints a machine frame of Xen's heap.",
  },
  {
    pattern: /^memory (domctl-devices\.)?psr_alloc (u\.)?data/,
    reason: 'psr_alloc: on other CPUs Xen returns uninitialised data from its stack.',
  },
  {
    pattern: /^(result|memory) (sysctl\.)?readconsole/,
    reason:
      'readconsole: the amount of text in the ring depends on the boot messages, which come from another machine.',
  },
  {
    pattern: /^result (memory\.)?maximum_gpfn Xen answers 262240,/,
    reason:
      "maximum_gpfn of dom0 depends on its kernel; Fauxen's dom0 has the value of `data/conformance`, not of the machine under QEMU.",
  },
  {
    pattern: /^memory (channels\.)?(walk|alloc_unbound) (u\.interdomain\.)?port is/,
    reason:
      "The first free port of dom0 depends on how many its kernel has bound; Fauxen's dom0 has those of `data/conformance`.",
  },
  {
    pattern: /^result (sysctl\.)?pcitopoinfo Xen answers 0, Fauxen -EFAULT/,
    reason: 'pcitopoinfo of a truncated array: Xen may have been interrupted before its end.',
  },
  {
    pattern: /^memory (dm\.)?relocate_memory .*size is \S+ in Xen, unchanged in Fauxen/,
    reason:
      'relocate_memory of several pages, one of which cannot be moved: Xen returns how many it moved if it was interrupted before that one.',
  },
  {
    pattern: /^memory (domctl-memory\.)?getpageframeinfo3 .*num is \S+ in Xen, unchanged in Fauxen/,
    reason: 'getpageframeinfo3 of many frames: Xen returns how many are left if it was interrupted.',
  },
  {
    pattern: /^memory (domctl-contexts\.)?gethvmcontext_partial .*\(.*type=0x[bd]\b/,
    reason: 'The records of the RTC and the ACPI timer hold the time.',
  },
  {
    pattern: /^memory (domctl-contexts\.)?get_ext_vcpucontext .*\(.*domain=0x0/,
    reason: 'get_ext_vcpucontext of dom0: the entry points of its kernel.',
  },
  {
    pattern: /^memory (domctl-contexts\.)?getvcpucontext .*\(.*domain=0x0/,
    reason: "getvcpucontext of dom0: what its kernel's virtual CPUs do at that moment.",
  },
  {
    pattern: /^memory (domctl-memory\.)?shadow_op mb is \S+ in Xen, \S+ in Fauxen/,
    reason:
      "shadow_op with a pool larger than the machine's memory: how far it grows depends on the state of Xen's heap.",
  },
];

/** The reason for an intended difference; undefined for one that is a bug. */
export function reasonOf(difference: Difference): string | undefined {
  // A hunt's lines have the sequence's number in place of the group, and the step's number before the operation's name.
  const [, step = '', ...operation] = difference.real.id.split('.');
  const about = /^\d+$/.test(step) ? `${difference.kind} ${operation.join('.')}` : classOf(difference);
  const text = `${about} ${difference.words} (${difference.real.asked})`;
  return known.find(({ pattern }) => pattern.test(text))?.reason;
}
