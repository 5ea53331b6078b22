import { serve } from '../../call/serve.ts';
import { cpuOperations } from './cpus.ts';
import { platformFamily } from './family.ts';
import { resourceOperations } from './resource.ts';
import { settingOperations } from './settings.ts';

/** platform_op(struct xen_platform_op *): operations of dom0's kernel on the hardware. */
export const platformOp = serve(platformFamily, cpuOperations, resourceOperations, settingOperations);
