import { serve } from '../../call/serve.ts';
import { cpuOperations } from './cpus.ts';
import { platformFamily } from './family.ts';
import { resourceOperations } from './resource.ts';
import { settingOperations } from './settings.ts';

/** platform_op(struct xen_platform_op *): what dom0's kernel asks of the hardware. */
export const platformOp = serve(platformFamily, cpuOperations, resourceOperations, settingOperations);
