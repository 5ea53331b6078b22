import { serve } from '../../call/serve.ts';
import { versionFamily, versionOperations } from './operations.ts';

/** xen_version(command, buffer): what this Xen is. */
export const xenVersion = serve(versionFamily, versionOperations);
