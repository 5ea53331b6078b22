import * as affinity from './affinity.ts';
import { createdomain } from './createdomain.ts';
import { getdomaininfo } from './getdomaininfo.ts';
import type { OperationMaker } from './operation.ts';
import { scheduler_op } from './scheduler.ts';
import * as state from './state.ts';
import * as vcpus from './vcpus.ts';

/** Every sub-operation that the model performs: each export of these modules is one. */
export const makers: readonly OperationMaker[] = [
  createdomain,
  getdomaininfo,
  scheduler_op,
  ...Object.values(state),
  ...Object.values(vcpus),
  ...Object.values(affinity),
];
