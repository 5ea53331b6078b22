import type { Abi } from '../abi/abi.ts';
import { behaves } from '../abi/behaviour.ts';
import type { Call } from '../call/call.ts';
import { XENLOG_GUEST, XENLOG_INFO } from '../console/console.ts';
import type { Domain } from '../domain/domain.ts';

/** Frames of the first MiB, which belong to DOMID_IO. */
export const LOW_FRAMES = 0x100;
/** Xen's counts of such a page, as printed: the first changed when allocated and valid pages became two states. */
const COUNTS = '8000000000000001 taf=e400000000000001';
const COUNTS_BEFORE = 'c000000000000001 taf=e400000000000001';

const counts = (abi: Abi) => (behaves(abi, 'pageStatesMerged') ? COUNTS : COUNTS_BEFORE);

/** The same for a page without an owner. */
const COUNTS_FREE = '4000000000000000 taf=0000000000000000';
const COUNTS_FREE_SINCE = '00000000 taf=0000000000000000';

/**
 * Prints Xen's message about a machine frame that does not belong to `owner`, a PV domain or Xen. Only for frames of DOMID_IO and for
 * free ones: the model keeps no reference counts, so those of other domains' pages are unknown.
 */
export function printForeignFrame({ hypervisor, domain: caller }: Call, owner: Domain | 'xen', mfn: number): void {
  if (owner !== 'xen' && owner.isHvm) return;
  const low = mfn < LOW_FRAMES;
  if (!low && !hypervisor.memory.heap.isFree(mfn)) return;
  const found = low
    ? `od=d[IO] caf=${counts(hypervisor.abi)}`
    : `od=NULL caf=${behaves(hypervisor.abi, 'freePageCountZero') ? COUNTS_FREE_SINCE : COUNTS_FREE}`;
  const frame = mfn.toString(16).padStart(5, '0');
  const name = owner === 'xen' ? 'd[XEN]' : `d${owner.id}`;
  hypervisor.console.printk(`${XENLOG_GUEST}${XENLOG_INFO}d${caller.id}v0 Error mfn ${frame}: rd=${name} ${found}\n`);
}
