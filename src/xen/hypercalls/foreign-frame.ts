import type { Abi } from '../abi/abi.ts';
import { behaves } from '../abi/behaviour.ts';
import type { Call } from '../call/call.ts';
import { XENLOG_GUEST, XENLOG_INFO } from '../console/console.ts';
import type { Domain } from '../domain/domain.ts';

/** Frames of the first MiB, which belong to DOMID_IO. */
const LOW_FRAMES = 0x100;
/** Xen's counts of such a page, as printed: the first changed when allocated and valid pages became two states. */
const COUNTS = '8000000000000001 taf=e400000000000001';
const COUNTS_BEFORE = 'c000000000000001 taf=e400000000000001';

const counts = (abi: Abi) => (behaves(abi, 'pageStatesMerged') ? COUNTS : COUNTS_BEFORE);

/**
 * Prints Xen's message about a PV domain that names a machine frame that it does not own. Only for frames of DOMID_IO: the model keeps no
 * reference counts, so those of other domains' pages are unknown. `domain`: the domain that should own the frame.
 */
export function printForeignFrame({ hypervisor, domain: caller }: Call, domain: Domain, mfn: number): void {
  if (mfn >= LOW_FRAMES || domain.isHvm) return;
  hypervisor.console.printk(
    `${XENLOG_GUEST}${XENLOG_INFO}d${caller.id}v0 Error mfn ${mfn.toString(16).padStart(5, '0')}: rd=d${domain.id} od=d[IO] caf=${counts(hypervisor.abi)}\n`,
  );
}
