import type { Abi } from '../../abi/abi.ts';
import { behaves } from '../../abi/behaviour.ts';
import { errno } from '../../errno.ts';
import type { MoveRules } from '../../memory/move-frame.ts';

/** How a release refuses to move a page between guest frames. */
export function moveRules(abi: Abi): MoveRules {
  return {
    missing: behaves(abi, 'missingFrameAccess') ? errno.EACCES : errno.EINVAL,
    itselfRefused: behaves(abi, 'moveToItselfRefused'),
  };
}
