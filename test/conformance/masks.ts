/**
 * What may differ between two machines whose answers are equal: times, addresses, free memory, ports that depend on what ran before,
 * and identity. In the details of a probe whose name matches, what `hide` matches is not compared (its first group stays).
 * Return value and errno are always compared.
 */
interface Mask {
  readonly probes: RegExp;
  readonly hide: RegExp;
  readonly why: string;
}

const everything = /^.*$/s;

export const masks: readonly Mask[] = [
  { probes: /^sysctl\.physinfo$/, hide: /(free|scrub)=\d+/g, why: 'free memory' },
  {
    probes: /^sysctl\.(availheap\.node(-1|0)$|numainfo)/,
    hide: /(bytes|free)=(?!12297829382473034410)\d+/g,
    why: 'free memory',
  },
  { probes: /^sysctl\.getcpuinfo/, hide: /(idle\d)=[1-9]\d*/g, why: 'idle time' },
  { probes: /./, hide: /(cpu_time|entry|run|shared_info)=(0x)?[\da-f]+/g, why: 'CPU time, machine frames' },
  {
    probes: /^domctl\.getvcpuinfo\.0\.0$/,
    hide: /(blocked=\d running=\d|cpu=\d)/g,
    why: 'what a CPU does at the time',
  },
  { probes: /^domctl\.getvcpuinfo\.dom0$/, hide: everything, why: 'raw CPU time and state' },
  {
    probes: /^domctl\.(createdomain\.pv\.auto|getdomaininfo\.created)$/,
    hide: /(dom|domain)=\d+/g,
    why: 'the next domain id',
  },
  { probes: /^vcpu\.runstate/, hide: /(state)=\d/g, why: 'what a CPU does at the time' },
  { probes: /^(evt|evt_compat)\./, hide: /(port|first|second|after-close-first)=\d+/g, why: 'ports in use before' },
  { probes: /^gnt\.setup_table/, hide: /(frame0)=0x[\da-f]+/g, why: 'a machine frame' },
  { probes: /^mem\.machphys/, hide: /(l0|v_start|v_end)=0x[\da-f]+/g, why: 'addresses of tables' },
  { probes: /^sysctl\.tbuf\.get_info/, hide: /(buffer_mfn)=0x[\da-f]+/g, why: 'a machine frame' },
  { probes: /^ver\.(build_id|compile_info)/, hide: everything, why: 'identity' },
  { probes: /^ver\.guest_handle/, hide: everything, why: 'identity' },
  { probes: /^hypfs\.read\.\/buildinfo\.(\d+)$/, hide: everything, why: 'lengths of build strings' },
  {
    probes: /^sysctl\.readconsole/,
    hide: /(index|count|head|tail|calls|bytes|final-index)=("(\\.|[^"\\])*"|\d+)/g,
    why: 'what was printed before',
  },
  { probes: /^fd\..*\.stat$/, hide: /(dev|rdev)=\d+:\d+/g, why: 'device numbers' },
  { probes: /^other\.(xensyms|xsd_kva|xsd_port)/, hide: /"[^"]*"/g, why: 'addresses and ports' },
  { probes: /^sysctl\.pmstat/, hide: /(idle_time)=\d+/g, why: 'idle time' },
];

/** The details of a probe with what may differ replaced by a dash. */
export function stable(probe: string, details: string): string {
  let text = details;
  for (const { probes, hide } of masks) {
    if (probes.test(probe))
      text = text.replace(hide, (_all, group) => (typeof group === 'string' ? `${group}=-` : '-'));
  }
  return text;
}
