import { serve } from '../../call/serve.ts';
import { affinityOperations } from './affinity.ts';
import { clockOperations } from './clock.ts';
import { cpuPolicyOperations } from './cpu-policy.ts';
import { createdomainOperations } from './createdomain.ts';
import { domctlFamily } from './family.ts';
import { getdomaininfoOperations } from './getdomaininfo.ts';
import { hvmContextOperations } from './hvm-context.ts';
import { memoryOperations } from './memory.ts';
import { monitorOperations } from './monitor.ts';
import { observeOperations } from './observe.ts';
import { otherReleasesOperations } from './other-releases.ts';
import { permissionOperations } from './permission.ts';
import { schedulerOperations } from './scheduler.ts';
import { stateOperations } from './state.ts';
import { unsupportedOperations } from './unsupported.ts';
import { vcpuStateOperations } from './vcpu-state.ts';
import { vcpusOperations } from './vcpus.ts';
import { vmEventOperations } from './vm-event.ts';
import { vmtraceOperations } from './vmtrace.ts';
import { vnumaOperations } from './vnuma.ts';

/** domctl(struct xen_domctl *): operations of a privileged domain on other domains. */
export const domctl = serve(
  domctlFamily,
  affinityOperations,
  clockOperations,
  cpuPolicyOperations,
  createdomainOperations,
  getdomaininfoOperations,
  hvmContextOperations,
  memoryOperations,
  monitorOperations,
  observeOperations,
  otherReleasesOperations,
  permissionOperations,
  schedulerOperations,
  stateOperations,
  vcpuStateOperations,
  vcpusOperations,
  vmEventOperations,
  vmtraceOperations,
  vnumaOperations,
  unsupportedOperations,
);
