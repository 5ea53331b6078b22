import { getCpuFeatureset, getCpuLevellingCaps, getCpuPolicyOp } from './cpuid.ts';
import { cpupoolOp } from './cpupool.ts';
import { debugKeys } from './debug-keys.ts';
import { dtOverlay, pageOfflineOp, psrAlloc, psrCatOp, psrCmtOp, setParameter, tmemOp } from './features.ts';
import { getdomaininfolist } from './getdomaininfolist.ts';
import { availheap, cputopoinfo, getcpuinfo, numainfo, pcitopoinfo, physinfo, topologyinfo } from './hardware.ts';
import { livepatchOp } from './livepatch.ts';
import { cpuHotplug, getPmstat, pmOp } from './power.ts';
import { coverageOp, gcovOp, lockprofOp, perfcOp, tbufOp } from './profiling.ts';
import { readconsole } from './readconsole.ts';
import { schedId, schedulerOp } from './scheduler.ts';
import type { SysctlOperation } from './sysctl.ts';

/** Every sub-operation that the model answers, of any release; a release has those whose name its header knows. */
export const operations: readonly SysctlOperation[] = [
  readconsole,
  schedId,
  schedulerOp,
  cpupoolOp,
  getdomaininfolist,
  tbufOp,
  physinfo,
  perfcOp,
  debugKeys,
  getcpuinfo,
  availheap,
  getPmstat,
  cpuHotplug,
  pmOp,
  pageOfflineOp,
  lockprofOp,
  topologyinfo,
  cputopoinfo,
  numainfo,
  coverageOp,
  gcovOp,
  psrCmtOp,
  pcitopoinfo,
  psrAlloc,
  psrCatOp,
  tmemOp,
  getCpuLevellingCaps,
  getCpuFeatureset,
  livepatchOp,
  setParameter,
  getCpuPolicyOp,
  dtOverlay,
];
