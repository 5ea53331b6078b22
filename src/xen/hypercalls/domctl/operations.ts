import * as affinity from './affinity.ts';
import * as clock from './clock.ts';
import * as cpuPolicy from './cpu-policy.ts';
import { createdomain } from './createdomain.ts';
import { getdomaininfo } from './getdomaininfo.ts';
import * as hvmContext from './hvm-context.ts';
import * as memory from './memory.ts';
import * as monitor from './monitor.ts';
import * as observe from './observe.ts';
import type { OperationMaker } from './operation.ts';
import * as otherReleases from './other-releases.ts';
import * as permission from './permission.ts';
import { scheduler_op } from './scheduler.ts';
import * as state from './state.ts';
import * as vcpuState from './vcpu-state.ts';
import * as vcpus from './vcpus.ts';
import * as vmEvent from './vm-event.ts';
import * as vmtrace from './vmtrace.ts';
import * as vnuma from './vnuma.ts';

/** Every sub-operation that the model performs: each export of these modules is one. */
export const makers: readonly OperationMaker[] = [
  createdomain,
  getdomaininfo,
  scheduler_op,
  ...[
    affinity,
    clock,
    cpuPolicy,
    hvmContext,
    memory,
    monitor,
    observe,
    otherReleases,
    permission,
    state,
    vcpuState,
    vcpus,
    vmEvent,
    vmtrace,
    vnuma,
  ].flatMap((family): OperationMaker[] => Object.values(family)),
];
