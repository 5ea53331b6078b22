import { PAGE_SIZE } from '../memory/heap.ts';
import type { Machine } from './machine.ts';

/** Below 1 MiB a PC has a hole; Xen does not count it, nor the ACPI tables at the end of RAM. */
const FIRMWARE_PAGES = 129;

/** A PCI function of the simulated machine. */
export interface PciDevice {
  readonly segment: number;
  readonly bus: number;
  /** device << 3 | function. */
  readonly devfn: number;
  /** Whether it was last added as a virtual function (SR-IOV); undefined: never. */
  virtual?: boolean;
}

/**
 * The settings of the simulated hardware that calls can change: CPUs, power management, PCI functions. The fixed properties are in
 * `Machine`.
 */
export class Hardware {
  readonly machine: Machine;
  readonly onlineCpus = new Set<number>();
  /** sched_smt_power_savings. */
  smtPowerSavings = 0;
  maxCstate = 1;
  /** Whether set_processor_pminfo has said that a CPU is missing. */
  missingCpuReported = false;
  maxCsubstate = 0xffffffff;
  /** The functions of the recorded machine's chipset. */
  readonly pciDevices: PciDevice[] = [0x00, 0x08, 0x09, 0x0b, 0x10].map((devfn) => ({ segment: 0, bus: 0, devfn }));

  /** Interrupt lines that setup_gsi has programmed. */
  readonly programmedLines = new Set<number>();

  constructor(machine: Machine) {
    this.machine = machine;
    for (let cpu = 0; cpu < machine.cpus; cpu += 1) this.onlineCpus.add(cpu);
  }

  /** Pages of RAM that Xen counts. */
  get totalPages(): number {
    return this.machine.memory / PAGE_SIZE - FIRMWARE_PAGES;
  }

  /** The highest frame number of RAM. */
  get maxMfn(): number {
    return this.topOfRam / PAGE_SIZE - 1;
  }

  /** Bytes up to the end of usable RAM: the last 128 KiB hold the firmware's tables. */
  get topOfRam(): number {
    return this.machine.memory - 0x20000;
  }

  get lastOnlineCpu(): number {
    return Math.max(...this.onlineCpus);
  }

  pciDevice(segment: number, bus: number, devfn: number): PciDevice | undefined {
    return this.pciDevices.find((each) => each.segment === segment && each.bus === bus && each.devfn === devfn);
  }
}
