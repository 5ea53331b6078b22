import { serve } from '../../call/serve.ts';
import { cpuPolicyOperations } from './cpuid.ts';
import { cpupoolOperations } from './cpupool.ts';
import { debugKeysOperations } from './debug-keys.ts';
import { sysctlFamily } from './family.ts';
import { featureOperations } from './features.ts';
import { domainListOperations } from './getdomaininfolist.ts';
import { hardwareOperations } from './hardware.ts';
import { livepatchOperations } from './livepatch.ts';
import { powerOperations } from './power.ts';
import { profilingOperations } from './profiling.ts';
import { readconsoleOperations } from './readconsole.ts';
import { schedulerOperations } from './scheduler.ts';

/** sysctl(struct xen_sysctl *): operations of a privileged domain on the whole machine. */
export const sysctl = serve(
  sysctlFamily,
  cpuPolicyOperations,
  cpupoolOperations,
  debugKeysOperations,
  domainListOperations,
  featureOperations,
  hardwareOperations,
  livepatchOperations,
  powerOperations,
  profilingOperations,
  readconsoleOperations,
  schedulerOperations,
);
