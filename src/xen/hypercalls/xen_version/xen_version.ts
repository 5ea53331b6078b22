import { serve } from '../../call/serve.ts';
import { versionFamily, versionOperations } from './operations.ts';

/** xen_version(command, buffer): version and properties of Xen. */
export const xenVersion = serve(versionFamily, versionOperations);
