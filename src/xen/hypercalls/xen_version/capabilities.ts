import type { Abi } from '../../abi/abi.ts';
import { behaves } from '../../abi/behaviour.ts';
import type { Domain } from '../../domain/domain.ts';

/** The kinds of guests that this Xen runs, each with a blank after it. */
export const XEN_CAPABILITIES = 'xen-3.0-x86_64 hvm-3.0-x86_32 hvm-3.0-x86_32p hvm-3.0-x86_64 ';

/** XENFEAT_* bits by the kind of guest, as recorded; a privileged PV domain has XENFEAT_dom0 (bit 11) as well. */
const PV_FEATURES = 0x020f0;
/** XENFEAT_not_direct_mapped. */
const NOT_DIRECT_MAPPED = 0x20000;
/** XENFEAT_runstate_phys_area, vcpu_time_phys_area and dm_msix_all_writes. */
const PHYSICAL_AREAS = 0x1c0000;
const HVM_FEATURES = 0x12305;
const DOM0_FEATURES = 0x00800;

/** XENFEAT_* of submap 0. */
export function xenFeatures(domain: Domain, abi: Abi): number {
  const areas = behaves(abi, 'physicalAreas') ? PHYSICAL_AREAS : 0;
  if (domain.type !== 'pv') return HVM_FEATURES | areas;
  const placed = behaves(abi, 'indirectMapBit') ? NOT_DIRECT_MAPPED : 0;
  return PV_FEATURES | placed | areas | (domain.privileged ? DOM0_FEATURES : 0);
}
