import { type Behaviour, behaves } from '../abi/behaviour.ts';
import type { Hypervisor } from '../hypervisor.ts';
import type { Machine } from '../machine/machine.ts';
import { pciName } from '../machine/pci-name.ts';
import { freePages } from '../memory/memory-figures.ts';
import { dumpDomains, dumpRunQueues } from './key-dumps.ts';

interface Key {
  /** By the CPU's vendor if it differs. */
  readonly description: string | Readonly<Record<Machine['vendor'], string>>;
  /** The releases that have it; absent: all. */
  readonly of?: Behaviour;
  /** Absent: the key prints only that it was pressed. */
  press?(hypervisor: Hypervisor): string[];
}

/** Keys of Xen 4.17 on such a machine, ordered by code, with the texts of its help (recorded). */
const keys = new Map<string, Key>([
  ['%', { description: 'trap to xendbg', of: 'debuggerKey', press: () => ["'%' pressed -> trapping into debugger"] }],
  ['*', { description: 'print all diagnostics' }],
  ['+', { description: 'increase log level threshold', press: (hypervisor) => changeLevel(hypervisor, '+') }],
  ['-', { description: 'decrease log level threshold', press: (hypervisor) => changeLevel(hypervisor, '-') }],
  ['0', { description: 'dump Dom0 registers' }],
  ['A', { description: 'toggle alternative key handling' }],
  ['G', { description: 'toggle host/guest log level adjustment', press: toggleGuest }],
  ['H', { description: 'dump heap info' }],
  ['I', { description: 'dump HVM irq info' }],
  ['M', { description: 'dump MSI state' }],
  ['N', { description: 'trigger an NMI' }],
  ['Q', { description: 'dump PCI devices', press: pciDevices }],
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
  ['x', { description: 'print livepatch info', press: livepatches }],
  ['z', { description: 'dump IOAPIC info' }],
]);

/** Handles a key pressed on Xen's console, or sent by debug_keys. Other characters are ignored. */
export function pressKey(hypervisor: Hypervisor, character: string): void {
  const key = keys.get(character);
  if (key === undefined || !has(hypervisor, key)) return;
  const lines = key.press?.(hypervisor) ?? [`'${character}' pressed: ${describe(key, hypervisor)} (not modelled)`];
  for (const line of lines) hypervisor.console.printk(`${line}\n`);
}

function has({ abi }: Hypervisor, { of }: Key): boolean {
  return of === undefined || behaves(abi, of);
}

function describe({ description }: Key, { machine }: Hypervisor): string {
  return typeof description === 'string' ? description : description[machine.vendor];
}

function help(hypervisor: Hypervisor): string[] {
  const lines = [...keys].flatMap(([character, key]) => {
    if (!has(hypervisor, key)) return [];
    const code = character.charCodeAt(0).toString(16);
    return ` key '${character}' (ascii '${code}') => ${describe(key, hypervisor)}`;
  });
  return ["'h' pressed -> showing installed handlers", ...lines];
}

const levels = ['Nothing', 'Errors', 'Errors and warnings', 'Errors, warnings and info', 'All'];
const levelName = (level: number): string => levels[level] ?? '???';

/** The keys + and - move the lower threshold; the upper is never below it. */
function changeLevel({ console }: Hypervisor, key: '+' | '-'): string[] {
  const threshold = console.keysAdjust;
  const lower = threshold.lower + (key === '+' ? 1 : -1);
  threshold.lower = Math.min(levels.length, Math.max(0, lower));
  threshold.upper = Math.max(threshold.lower, threshold.upper);
  const whose = threshold === console.guest ? 'guest' : 'standard';
  const [name, limited] = [levelName(threshold.lower), levelName(threshold.upper)];
  return [`'${key}' pressed -> ${whose} log level: ${name} (rate limited ${limited})`];
}

function toggleGuest({ console }: Hypervisor): string[] {
  const toGuest = console.keysAdjust !== console.guest;
  console.keysAdjust = toGuest ? console.guest : console.xen;
  return [`'G' pressed -> ${toGuest ? 'guest' : 'standard'} log level adjustments enabled`];
}

/** The devices, the one that was added last first. */
function pciDevices({ abi, hardware }: Hypervisor): string[] {
  const msis = behaves(abi, 'emptyMsisListed') ? ' - MSIs < >' : '';
  const segments = [...new Set(hardware.pciDevices.map(({ segment }) => segment))];
  const list = (segment: number) =>
    hardware.pciDevices
      .filter((device) => device.segment === segment)
      .reverse()
      .map(({ bus, devfn }) => `${pciName(segment, bus, devfn)} - d0 - node -1 ${msis}`);
  return [
    '==== PCI devices ====',
    ...segments.flatMap((segment) => [`==== segment ${segment.toString(16).padStart(4, '0')} ====`, ...list(segment)]),
  ];
}

function livepatches({ machine }: Hypervisor): string[] {
  return ["'x' pressed - Dumping all livepatch patches", `build-id: ${machine.build.buildId}`];
}

function memory(hypervisor: Hypervisor): string[] {
  return [
    "'m' pressed -> memory",
    `  total: ${hypervisor.hardware.totalPages} pages`,
    `  free:  ${freePages(hypervisor)} pages`,
  ];
}
