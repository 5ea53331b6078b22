import { bootMessages } from './console/banner.ts';
import { buildDom0 } from './domain/dom0.ts';
import { connectResources } from './domain/resources.ts';
import { hypercallTable } from './hypercalls/table.ts';
import { Hypervisor, type HypervisorOptions } from './hypervisor.ts';
import { TraceBuffers } from './trace-buffers/trace-buffers.ts';

/** Boots a hypervisor: dom0 runs, the table is Xen's own, the ring has the boot messages. */
export function createHypervisor(options: HypervisorOptions): Hypervisor {
  const hypervisor = new Hypervisor(options);
  hypervisor.traceBuffers = new TraceBuffers(hypervisor);
  connectResources(hypervisor);
  buildDom0(hypervisor);
  hypervisor.installXen(hypercallTable(options.abi, hypervisor.anyInterfaceVersion ? options.otherAbis : []));
  for (const line of bootMessages(hypervisor)) hypervisor.console.printk(`${line}\n`);
  hypervisor.console.lastHidden = undefined;
  return hypervisor;
}
