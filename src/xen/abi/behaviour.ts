import type { Abi } from './abi.ts';

/** [major, minor] of the first release that behaves so; `until` is the first that no longer does. */
interface Span {
  readonly since?: readonly [number, number];
  readonly until?: readonly [number, number];
}

/**
 * What differs between releases and stands in no header. Each is proven by what real Xens answered (4.14.6, 4.17.7, 4.20.4; the
 * names are those of the walking probe's lines); between two proven releases the change is dated by Xen's history.
 */
const spans = {
  /** HVM_PARAM_NESTEDHVM is a parameter; later a flag of createdomain. hvm.param.*.24: 0 on 4.14.6, EINVAL on 4.17.7. */
  nestedHvmParameter: { until: [4, 15] },
  /** HVM_PARAM_ALTP2M can be set once. hvm.param.*.35: EINVAL on 4.14.6 (no such hardware), 0 and then EEXIST on 4.17.7. */
  altp2mParameter: { since: [4, 15], until: [4, 20] },
  /** It is a flag of createdomain, and the parameter is fixed. hvm.param.*.35: EEXIST on 4.20.4. */
  altp2mParameterFixed: { since: [4, 20] },
  /** Guests with shadow page tables: a build option since. create.247: EOPNOTSUPP on 4.17.7, 0 on 4.14.6. */
  shadowPaging: { until: [4, 16] },
  /** A domctl that is not built in, or that does not exist, is EOPNOTSUPP without an IOMMU. domctl2.cmd*: EOPNOTSUPP on 4.14.6, ENOSYS later. */
  unknownDomctlWithoutIommu: { until: [4, 17] },
  /** VM_EVENT_INTERFACE_VERSION 7. domctl2.vm_event_op.base: version 6 on 4.14.6. */
  vmEventVersion7: { since: [4, 15] },
  /** The monitor's vmexit events. domctl2.monitor_op.base: bit 12 is clear on 4.14.6. */
  monitorVmexit: { since: [4, 17] },
  /** The monitor's I/O events. domctl2.monitor_op.base: bit 13 is set on 4.20.4. */
  monitorIo: { since: [4, 18] },
  /** createdomain takes tboot's flag without tboot. create.3: 0 on 4.14.6, EINVAL later. */
  s3IntegrityFlag: { until: [4, 15] },
  /** createdomain takes more grant frames than the command line allows. create.34: 0 on 4.20.4. */
  unlimitedGrantFrames: { since: [4, 20] },
} as const satisfies Readonly<Record<string, Span>>;

export type Behaviour = keyof typeof spans;

/** Whether a release behaves so. */
export function behaves(abi: Pick<Abi, 'major' | 'minor'>, behaviour: Behaviour): boolean {
  const { since, until }: Span = spans[behaviour];
  return (since === undefined || !isBefore(abi, since)) && (until === undefined || isBefore(abi, until));
}

function isBefore(
  { major, minor }: Pick<Abi, 'major' | 'minor'>,
  [otherMajor, otherMinor]: readonly [number, number],
): boolean {
  return major < otherMajor || (major === otherMajor && minor < otherMinor);
}
