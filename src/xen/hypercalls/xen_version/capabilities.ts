import type { Domain } from '../../domain/domain.ts';

/** The kinds of guests that this Xen runs, each with a blank after it. */
export const XEN_CAPABILITIES = 'xen-3.0-x86_64 hvm-3.0-x86_32 hvm-3.0-x86_32p hvm-3.0-x86_64 ';

/** XENFEAT_* bits by the kind of guest, as recorded; a privileged PV domain has XENFEAT_dom0 (bit 11) as well. */
const PV_FEATURES = 0x220f0;
const HVM_FEATURES = 0x12305;
const DOM0_FEATURES = 0x00800;

/** XENFEAT_* of submap 0. */
export function xenFeatures(domain: Domain): number {
  if (domain.type !== 'pv') return HVM_FEATURES;
  return domain.privileged ? PV_FEATURES | DOM0_FEATURES : PV_FEATURES;
}
