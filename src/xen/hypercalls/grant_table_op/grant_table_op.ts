import { serve } from '../../call/serve.ts';
import { copyOperations } from './copy.ts';
import { grantFamily } from './family.ts';
import { mapOperations } from './map.ts';
import { tableOperations } from './table.ts';

/** grant_table_op(command, structs, count): memory that domains lend each other. */
export const grantTableOp = serve(grantFamily, tableOperations, mapOperations, copyOperations);
