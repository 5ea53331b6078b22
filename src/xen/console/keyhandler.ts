import type { Hypervisor } from '../hypervisor.ts';
import type { Machine } from '../machine/machine.ts';
import { freePages } from '../memory/memory-figures.ts';
import { dumpDomains, dumpRunQueues } from './key-dumps.ts';

interface Key {
  /** By the CPU's vendor if it differs. */
  readonly description: string | Readonly<Record<Machine['vendor'], string>>;
  /** Absent: the key prints only that it was pressed. */
  press?(hypervisor: Hypervisor): string[];
}

/** Keys of Xen 4.17 on such a machine, in the order of their codes, with the words in which it lists them (recorded). */
const keys = new Map<string, Key>([
  ['%', { description: 'trap to xendbg' }],
  ['*', { description: 'print all diagnostics' }],
  ['+', { description: 'increase log level threshold', press: (hypervisor) => changeLevel(hypervisor, 1) }],
  ['-', { description: 'decrease log level threshold', press: (hypervisor) => changeLevel(hypervisor, -1) }],
  ['0', { description: 'dump Dom0 registers' }],
  ['A', { description: 'toggle alternative key handling' }],
  ['G', { description: 'toggle host/guest log level adjustment' }],
  ['H', { description: 'dump heap info' }],
  ['I', { description: 'dump HVM irq info' }],
  ['M', { description: 'dump MSI state' }],
  ['N', { description: 'trigger an NMI' }],
  ['Q', { description: 'dump PCI devices' }],
  ['R', { description: 'reboot machine' }],
  ['a', { description: 'dump timer queues' }],
  ['c', { description: 'dump ACPI Cx structures' }],
  ['d', { description: 'dump registers' }],
  ['e', { description: 'dump evtchn info' }],
  ['g', { description: 'print grant table usage' }],
  ['h', { description: 'show this message', press: help }],
  ['i', { description: 'dump interrupt bindings' }],
  ['m', { description: 'memory info', press: memory }],
  ['n', { description: 'NMI statistics' }],
  ['q', { description: 'dump domain (and guest debug) info', press: dumpDomains }],
  ['r', { description: 'dump run queues', press: dumpRunQueues }],
  ['s', { description: 'dump softtsc stats' }],
  ['t', { description: 'display multi-cpu clock info' }],
  ['u', { description: 'dump NUMA info' }],
  ['v', { description: { amd: 'dump AMD-V VMCBs', intel: 'dump VT-x VMCSs' } }],
  ['w', { description: 'synchronously dump console ring buffer (dmesg)', press: () => [] }],
  ['x', { description: 'print livepatch info' }],
  ['z', { description: 'dump IOAPIC info' }],
]);

/** Handles a key pressed on Xen's console, or sent by debug_keys. Other characters are ignored. */
export function pressKey(hypervisor: Hypervisor, character: string): void {
  const key = keys.get(character);
  if (key === undefined) return;
  const lines = key.press?.(hypervisor) ?? [`'${character}' pressed: ${describe(key, hypervisor)} (not modelled)`];
  for (const line of lines) hypervisor.console.printk(`${line}\n`);
}

function describe({ description }: Key, { machine }: Hypervisor): string {
  return typeof description === 'string' ? description : description[machine.vendor];
}

function help(hypervisor: Hypervisor): string[] {
  const lines = [...keys].map(([character, key]) => {
    const code = character.charCodeAt(0).toString(16);
    return ` key '${character}' (ascii '${code}') => ${describe(key, hypervisor)}`;
  });
  return ["'h' pressed -> showing installed handlers", ...lines];
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
