import type { Hypervisor } from './hypervisor.ts';
import { freePages } from './memory-figures.ts';

interface Key {
  readonly description: string;
  /** Absent: the key says that it was pressed, and nothing more. */
  press?(hypervisor: Hypervisor): string[];
}

/** Keys of Xen 4.17 on such a machine, in the order of their codes. */
const keys = new Map<string, Key>([
  ['%', { description: 'enter the debugger' }],
  ['*', { description: 'all diagnostics' }],
  ['+', { description: 'show more levels of messages', press: (hypervisor) => changeLevel(hypervisor, 1) }],
  ['-', { description: 'show fewer levels of messages', press: (hypervisor) => changeLevel(hypervisor, -1) }],
  ['0', { description: 'registers of dom0' }],
  ['A', { description: 'alternative handling of keys, on or off' }],
  ['G', { description: 'whether + and - mean guests or the host' }],
  ['H', { description: 'the heap' }],
  ['I', { description: 'interrupts of HVM domains' }],
  ['M', { description: 'message signalled interrupts' }],
  ['N', { description: 'raise an NMI' }],
  ['Q', { description: 'PCI devices' }],
  ['R', { description: 'reboot' }],
  ['a', { description: 'timers' }],
  ['c', { description: 'ACPI C-states' }],
  ['d', { description: 'registers' }],
  ['e', { description: 'event channels' }],
  ['g', { description: 'grant tables' }],
  ['h', { description: 'this list', press: help }],
  ['i', { description: 'bindings of interrupts' }],
  ['m', { description: 'memory', press: memory }],
  ['n', { description: 'count of NMIs' }],
  ['q', { description: 'domains and their vcpus', press: domains }],
  ['r', { description: 'run queues', press: runQueues }],
  ['s', { description: 'emulated time stamp counters' }],
  ['t', { description: 'clocks of the CPUs' }],
  ['u', { description: 'NUMA nodes' }],
  ['v', { description: 'VMCBs of AMD-V' }],
  ['w', { description: 'the console ring, again, on the serial line', press: () => [] }],
  ['x', { description: 'livepatches' }],
  ['z', { description: 'IO-APICs' }],
]);

/** A key pressed on Xen's console, or sent by debug_keys. A character that is no key is ignored. */
export function pressKey(hypervisor: Hypervisor, character: string): void {
  const key = keys.get(character);
  if (key === undefined) return;
  const lines = key.press?.(hypervisor) ?? [`'${character}' pressed: ${key.description} (not modelled)`];
  for (const line of lines) hypervisor.console.printk(`${line}\n`);
}

function help(): string[] {
  const lines = [...keys].map(([character, { description }]) => {
    const code = character.charCodeAt(0).toString(16);
    return ` key '${character}' (ascii '${code}') => ${description}`;
  });
  return ["'h' pressed -> keys with a handler", ...lines];
}

function changeLevel({ console }: Hypervisor, by: number): string[] {
  const threshold = console.xen;
  threshold.lower = Math.min(4, Math.max(0, threshold.lower + by));
  threshold.upper = Math.max(threshold.lower, Math.min(4, threshold.upper + by));
  return [`messages below level ${threshold.lower} are shown, those below ${threshold.upper} rate-limited`];
}

function memory(hypervisor: Hypervisor): string[] {
  return [
    "'m' pressed -> memory",
    `  total: ${hypervisor.hardware.totalPages} pages`,
    `  free:  ${freePages(hypervisor)} pages`,
  ];
}

function domains(hypervisor: Hypervisor): string[] {
  const lines = [`'q' pressed -> domains (now = ${hypervisor.machine.uptime()})`];
  for (const domain of hypervisor.domains.values()) lines.push(...describeDomain(domain));
  return lines;
}

/** What there is to say of a domain: every plain value that the model keeps for it. */
function describeDomain(domain: object): string[] {
  const facts = Object.entries(domain)
    .filter(
      ([name, value]) => name !== 'consoleLine' && ['number', 'boolean', 'string', 'bigint'].includes(typeof value),
    )
    .map(([name, value]) => `${name}=${value}`);
  return [`domain ${facts.shift()?.replace('id=', '') ?? ''}:`, `    ${facts.join(' ')}`];
}

function runQueues(hypervisor: Hypervisor): string[] {
  const cpus = [...hypervisor.hardware.onlineCpus].sort((a, b) => a - b);
  return [
    `'r' pressed -> run queues (now = ${hypervisor.machine.uptime()})`,
    `CPUs online: ${cpus.join(',')}`,
    'cpupool 0, scheduler credit2, one run queue:',
    ...[...hypervisor.domains.keys()].map((id) => `    domain ${id}`),
  ];
}
