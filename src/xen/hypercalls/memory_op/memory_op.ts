import { serve } from '../../call/serve.ts';
import { accessOperations } from './access.ts';
import { exchange } from './exchange.ts';
import { memoryFamily } from './family.ts';
import { mapOperations } from './maps.ts';
import { physmapOperations } from './physmap.ts';
import { podOperations } from './pod.ts';
import { reservationOperations } from './reservation.ts';
import { resourceOperations } from './resource.ts';
import { statusOperations } from './status.ts';
import { vnumaOperations } from './vnuma.ts';

/** memory_op(command, argument): allocation and mapping of domains' memory. */
export const memoryOp = serve(
  memoryFamily,
  reservationOperations,
  [exchange],
  statusOperations,
  podOperations,
  physmapOperations,
  mapOperations,
  resourceOperations,
  accessOperations,
  vnumaOperations,
);
