import type { Domain } from '../domain/domain.ts';
import type { Vcpu } from '../domain/vcpu.ts';
import type { Hypervisor } from '../hypervisor.ts';

// The output of the debug keys q and r, line for line as recorded from Xen 4.17, since scripts read it. Values that the model does not have
// (reference counts, VM assists, rangesets, credits) are those of the recorded dom0.

/** VMASST_TYPE_* that Linux asks for. */
const VM_ASSIST = '0000002d';
const RANGESETS = [
  'Interrupts { 1-23 }',
  'I/O Memory { 0-fedff, fef00-fcfffff }',
  'I/O Ports  { 0-1f, 22-3f, 44-60, 62-9f, a2-3f7, 400-607, 60c-cfb, d00-ffff }',
];
const NO_RANGES = ['Interrupts { }', 'I/O Memory { }', 'I/O Ports  { }'];
/** More pages than these are not listed one by one. */
const MAX_LISTED_PAGES = 10;
const XEN_PAGE_STATE = 'caf=c000000000000002, taf=e400000000000002';
const CREDIT = 10_000_000;
/** A load of 1 in credit2's fixed point, 18 bits of fraction. */
const FULL_LOAD = 2 ** 18;

/** Key q. */
export function dumpDomains(hypervisor: Hypervisor): string[] {
  const lines = [`'q' pressed -> dumping domain info (now = ${hypervisor.machine.uptime()})`];
  const domains = [...hypervisor.domains.values()];
  for (const domain of domains) lines.push(...describe(hypervisor, domain));
  for (const { id, vcpus } of domains) {
    for (const vcpu of vcpus) lines.push(`Notifying guest ${id}:${vcpu.id} (virq 1, port 0)`);
  }
  lines.push('Shared frames 0 -- Saved frames 0');
  return lines;
}

function describe(hypervisor: Hypervisor, domain: Domain): string[] {
  const { id, totPages, maxPages, controllerPauseCount, dying } = domain;
  const cpus = `{${range(domain.pool?.cpus ?? [])}}`;
  const pages = totPages >= MAX_LISTED_PAGES ? ['    DomPage list too long to display'] : [];
  return [
    `General information for domain ${id}:`,
    `    refcnt=3 dying=${dying === 'no' ? 0 : 1} pause_count=${controllerPauseCount}`,
    `    nr_pages=${totPages} xenheap_pages=2 dirty_cpus=${cpus} max_pages=${maxPages}`,
    `    handle=${domain.uuid} vm_assist=${VM_ASSIST}`,
    ...(domain.isHvm ? [`    paging assistance: hap refcounts translate external `] : []),
    `Rangesets belonging to domain ${id}:`,
    ...(domain.privileged ? RANGESETS : NO_RANGES).map((line) => `    ${line}`),
    '    log-dirty  { }',
    `Memory pages belonging to domain ${id}:`,
    ...pages,
    ...xenPages(hypervisor, domain).map((frame) => `    XenPage ${hex(frame, 16)}: ${XEN_PAGE_STATE}`),
    `NODE affinity for domain ${id}: [0]`,
    `VCPU information and callbacks for domain ${id}:`,
    ...domain.vcpus.flatMap((vcpu) => describeVcpu(vcpu, cpus)),
  ];
}

/** shared_info and the first frame of the grant table. */
function xenPages({ machine }: Hypervisor, { sharedInfoFrame, id }: Domain): number[] {
  return [sharedInfoFrame, machine.memory / 4096 - 0x293 - id];
}

function describeVcpu(vcpu: Vcpu, cpus: string): string[] {
  const running = vcpu.load > 0 && vcpu.domain.runs ? 'T' : 'F';
  return [
    `  UNIT${vcpu.id} affinities: hard=${cpus} soft=${cpus}`,
    `    VCPU${vcpu.id}: CPU${vcpu.processor} [has=${running}] poll=0 upcall_pend=00 upcall_mask=00 dirty_cpu=${vcpu.processor}`,
    `    pause_count=${vcpu.pauseCount} pause_flags=${vcpu.domain.runs ? 0 : 1}`,
    'No periodic timer',
  ];
}

/** Key r. */
export function dumpRunQueues(hypervisor: Hypervisor): string[] {
  const cpus = [...hypervisor.hardware.onlineCpus].sort((a, b) => a - b);
  const domains = [...hypervisor.domains.values()];
  const units = domains.flatMap(({ vcpus }) => vcpus);
  const running = units.filter((vcpu) => vcpu.load > 0);
  const maxWeight = Math.max(...domains.map(({ weight }) => weight));
  const places = new Map(units.map((vcpu, index) => [vcpu, index + 1]));
  return [
    'sched_smt_power_savings: disabled',
    `NOW=${hypervisor.machine.uptime()}`,
    `Online Cpus: ${range(cpus)}`,
    'Cpupool 0:',
    `Cpus: ${range(cpus)}`,
    'Scheduling granularity: cpu, 1 CPU per sched-resource',
    'Scheduler: SMP Credit Scheduler rev2 (credit2)',
    'Active queues: 1',
    '\tdefault-weight     = 256',
    'Runqueue 0:',
    `\tncpus              = ${cpus.length}`,
    `\tcpus               = ${range(cpus)}`,
    `\tmax_weight         = ${maxWeight}`,
    '\tpick_bias          = 0',
    `\tinstload           = ${running.length}`,
    `\taveload            = ${loadOf(units.reduce((sum, { load }) => sum + load, 0))}`,
    `\tidlers: ${cpus.length - Math.min(cpus.length, running.length)}`,
    '\ttickled: 0',
    `\tfully idle cores: ${cpus.length - Math.min(cpus.length, running.length)}`,
    'Domain info:',
    ...domains.flatMap((domain) => [
      `\tDomain: ${domain.id} w ${domain.weight} c ${domain.cap} v ${domain.vcpus.length}`,
      ...domain.vcpus.map((vcpu) => `\t  ${places.get(vcpu)}: ${unitState(vcpu)}`),
    ]),
    'Runqueue 0:',
    ...cpus.flatMap((cpu) => [
      `CPU[${pad(cpu)}] runq=0, sibling={${cpu}}, core={${range(cpus)}}`,
      ...running.filter(({ processor }) => processor === cpu).map((vcpu) => `\trun: ${unitState(vcpu)}`),
    ]),
    'RUNQ:',
    'CPUs info:',
    ...cpus.map((cpu) => {
      const vcpu = running.find(({ processor }) => processor === cpu);
      const current = vcpu === undefined ? `d[IDLE]v${cpu}` : `d${vcpu.domain.id}v${vcpu.id}`;
      return `CPU[${pad(cpu)}] current=${current}, curr=${current}, prev=NULL`;
    }),
  ];
}

function unitState({ domain, id, processor, load }: Vcpu): string {
  const flags = load > 0 ? 2 : 0;
  return `[${domain.id}.${id}] flags=${flags} cpu=${processor} credit=${CREDIT} [w=${domain.weight}] load=${loadOf(load)}`;
}

function loadOf(load: number): string {
  return `${Math.round(load * FULL_LOAD)} (~${Math.round(load * 100)}%)`;
}

/** Numbers as Xen's %*pbl prints them: 0-1,3. */
function range(numbers: readonly number[]): string {
  const parts: string[] = [];
  for (let at = 0; at < numbers.length; ) {
    let end = at;
    while (numbers[end + 1] === (numbers[end] ?? 0) + 1) end += 1;
    parts.push(end === at ? `${numbers[at]}` : `${numbers[at]}-${numbers[end]}`);
    at = end + 1;
  }
  return parts.join(',');
}

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');
const pad = (cpu: number) => String(cpu).padStart(2, '0');
