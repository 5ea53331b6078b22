import type { Hypervisor } from '../../hypervisor.ts';
import type { Domain } from '../domain.ts';
import { pauseVcpu, unpauseVcpu } from '../lifecycle.ts';
import { Monitor } from './monitor.ts';

/** The domain's monitor, created at the first use. */
export function monitorOf(hypervisor: Hypervisor, domain: Domain): Monitor {
  domain.monitor ??= new Monitor(
    {
      console: hypervisor.console,
      mayStep: hypervisor.machine.vendor === 'intel',
      pause: (vcpu) => pauseVcpu(hypervisor, vcpu),
      unpause: (vcpu) => unpauseVcpu(hypervisor, vcpu),
      onRoom: (runs) => hypervisor.hooks.domainRuns.run(runs),
    },
    domain,
  );
  return domain.monitor;
}
