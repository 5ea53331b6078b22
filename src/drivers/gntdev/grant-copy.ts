import type { Domain } from '../../xen/domain/domain.ts';
import { grantStatus } from '../../xen/domain/grant-tables.ts';
import { errno } from '../../xen/errno.ts';
import type { Hypervisor } from '../../xen/hypervisor.ts';
import { PAGE_SIZE } from '../../xen/memory/heap.ts';
import type { CallerBytes } from '../privcmd/privcmd.ts';

const SEGMENT_BYTES = 40;
/** struct gntdev_grant_copy_segment: source and dest of 16 bytes each {virt} or {ref, offset, domid}; then len, flags, status. */
const at = { dest: 16, length: 32, flags: 34, status: 36 } as const;
/** GNTCOPY_source_gref, GNTCOPY_dest_gref. */
const SOURCE_GREF = 1;
const DEST_GREF = 2;

/** Copies the segment at `address` in the caller and writes its status there. Returns 0, or -errno for the ioctl. */
export function copySegment(hypervisor: Hypervisor, user: Domain, memory: CallerBytes, address: number): number {
  const bytes = new Uint8Array(SEGMENT_BYTES);
  if (memory.copyFromUser(address, bytes, 0, SEGMENT_BYTES) < SEGMENT_BYTES) return -errno.EFAULT;
  const view = new DataView(bytes.buffer);
  const flags = view.getUint16(at.flags, true);
  const data = new Uint8Array(view.getUint16(at.length, true));
  // Copies between two pages of the caller are refused: at least one side must be a grant.
  if ((flags & (SOURCE_GREF | DEST_GREF)) === 0) return -errno.EINVAL;
  const sides = [
    { start: 0, isGrant: (flags & SOURCE_GREF) !== 0, writing: false },
    { start: at.dest, isGrant: (flags & DEST_GREF) !== 0, writing: true },
  ];
  for (const { start, isGrant } of sides) {
    if (isGrant && view.getUint16(start + 4, true) + data.length > PAGE_SIZE) return -errno.EINVAL;
  }
  let status: number = grantStatus.okay;
  for (const { start, isGrant, writing } of sides) {
    if (isGrant) {
      status = transfer(hypervisor, user, view, start, data, writing);
      if (status !== grantStatus.okay) break;
      continue;
    }
    const virtual = Number(view.getBigUint64(start, true));
    const copied = writing
      ? memory.copyToUser(virtual, data, 0, data.length)
      : memory.copyFromUser(virtual, data, 0, data.length);
    if (copied < data.length) return -errno.EFAULT;
  }
  view.setInt16(at.status, status, true);
  const written = memory.copyToUser(address + at.status, bytes.subarray(at.status, at.status + 2), 0, 2);
  return written < 2 ? -errno.EFAULT : 0;
}

/** Copies between `data` and the granted page that the segment's side names; returns a GNTST_*. */
function transfer(
  hypervisor: Hypervisor,
  user: Domain,
  view: DataView,
  start: number,
  data: Uint8Array,
  writing: boolean,
): number {
  const granter = hypervisor.domains.get(view.getUint16(start + 6, true));
  if (granter === undefined) return grantStatus.badDomain;
  const frame = granter.grants.access(view.getUint32(start, true), user, writing);
  if (frame < 0) return frame;
  const { memory } = granter;
  if (memory.pageOf(frame) === undefined) return grantStatus.badPage;
  const offset = view.getUint16(start + 4, true);
  const done = writing ? memory.writeFrame(frame, offset, data) : memory.readFrame(frame, offset, data);
  return done ? grantStatus.okay : grantStatus.generalError;
}
