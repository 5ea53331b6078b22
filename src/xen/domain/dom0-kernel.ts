import type { Domain } from './domain.ts';
import { virqs } from './virq.ts';

/** Guest frames that dom0's kernel makes room for: a quarter more than it has, as recorded (0x50000 for 1 GiB). */
const PFN_ROOM = 1.25;
/** VIRQ_MCA, the first of the architecture's own. */
const VIRQ_MCA = 16;
/** IPIs of each virtual CPU: reschedule, call function, call function single, irq work, spinlock. */
const IPIS = 5;
/** ISA lines that drivers of the recordings' machine hold: ACPI, clock, keyboard, serial, mouse, disks. */
const LINES = [9, 8, 1, 4, 12, 14, 15];
/** The first port that is free once dom0 has booted, as recorded. */
const FIRST_FREE = 26;

/** Binds what a Linux kernel needs for each virtual CPU: the timer and so many IPIs, with the FIFO interface. */
export function bindVcpuChannels({ vcpus, eventChannels }: Domain, ipis: number): void {
  for (const { id } of vcpus) {
    eventChannels.fifo.vcpus.add(id);
    eventChannels.bindVirq(virqs.timer, id);
    for (let ipi = 0; ipi < ipis; ipi += 1) eventChannels.bindIpi(id);
  }
}

/** What a Linux kernel has done in a PV dom0 before programs run: it has bound its event channels, with the FIFO interface. */
export function startDom0Kernel(domain: Domain): void {
  const { eventChannels, memory } = domain;
  memory.maximumPfn = Math.floor(memory.totalPages * PFN_ROOM);
  bindVcpuChannels(domain, IPIS);
  eventChannels.bindVirq(virqs.console, 0);
  eventChannels.bindVirq(virqs.pcpuState, 0);
  eventChannels.bindVirq(VIRQ_MCA, 0);
  for (const line of LINES) eventChannels.bindPirq(line);
  eventChannels.allocUnbound(0); // xenstore's own
  // Other ports of the recorded kernel.
  while (eventChannels.ports().length < FIRST_FREE - 1) eventChannels.allocUnbound(0);
}
