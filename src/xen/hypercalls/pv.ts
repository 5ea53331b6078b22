// Hypercalls by which a PV kernel sets up its own execution. A program that makes them through privcmd gets the answer, but they have no
// effect, since no kernel executes in the model.

import { stableLayout } from '../abi/stable-layout.ts';
import { partial, unsupported } from '../call/hypercall.ts';
import { service } from '../call/service.ts';
import { DOMID_IO, DOMID_SELF, DOMID_XEN } from '../domain/domain.ts';
import { errno } from '../errno.ts';
import { isCanonical, isXensAddress } from './canonical.ts';
import { printForeignFrame } from './foreign-frame.ts';

/** The status of calls that only a kernel's execution would show. */
export const forgets = partial('accepted, but without effect: no kernel executes in the model');

/** First descriptor of the GDT that belongs to Xen. */
const RESERVED_GDT_ENTRY = 14 * 512;

export const setGdt = service(forgets, (call) => {
  const entries = call.u32(1);
  if (entries > RESERVED_GDT_ENTRY) return -errno.EINVAL;
  const frames = new BigUint64Array(Math.ceil(entries / 512));
  if (!call.copyFromGuest(call.address(0), new Uint8Array(frames.buffer))) return -errno.EFAULT;
  const foreign = frames.find((frame) => call.domain.memory.m2p.get(Number(frame)) === undefined);
  if (foreign === undefined) return 0;
  printForeignFrame(call, call.domain, Number(foreign));
  return -errno.EINVAL;
});

const trap = stableLayout('trap_info', 'vector:u8 flags:u8 cs:u16 address:u64');
const MAX_TRAPS = 256;

/** The table ends with an entry of address 0; NULL removes all handlers. */
export const setTrapTable = service(forgets, (call) => {
  const table = call.address(0);
  if (table === 0) return 0;
  for (let index = 0; index < MAX_TRAPS; index += 1) {
    const entry = call.structFromGuest(table + index * trap.size, trap);
    if (entry === undefined) return -errno.EFAULT;
    if (trap.field('address').get(entry) === 0) break;
  }
  return 0;
});

/** Bits of debug registers that are always set: 6 (sign-extended), and 7. */
const DR6 = 0xffff0ff0 | 0;
const DR7 = 0x400;

export const getDebugreg = service(partial('the registers are always as after a reset'), (call) => {
  const register = call.address(0);
  if (register <= 3) return 0;
  // 4 and 5 are aliases of 6 and 7, since a PV kernel has no debug extensions by default.
  if (register === 4 || register === 6) return DR6;
  return register === 5 || register === 7 ? DR7 : -errno.ENODEV;
});

/** 0 to 3 hold addresses of the guest's own; the upper halves of the others are reserved. */
export const setDebugreg = service(forgets, (call) => {
  const register = call.address(0);
  if (register > 7) return -errno.ENODEV;
  const value = BigInt.asUintN(64, call.u64(1));
  if (register > 3) return value >> 32n === 0n ? 0 : -errno.EINVAL;
  return isCanonical(value) && !isXensAddress(value) ? 0 : -errno.EPERM;
});

const SEGBASE_LAST = 3;

/** SEGBASE_*: FS, GS in the kernel and GS in user mode take a base; the last a selector. */
export const setSegmentBase = service(forgets, (call) => {
  const which = call.u32(0);
  if (which > SEGBASE_LAST) return -errno.EINVAL;
  return which === SEGBASE_LAST || isCanonical(BigInt.asUintN(64, call.u64(1))) ? 0 : -errno.EINVAL;
});

/** VMASST_TYPE_* of a PV guest: 4gb_segments to runstate_update_flag, and m2p_strict; of an HVM guest the flag only. */
const pvAssists = new Set([0, 1, 2, 3, 4, 5, 32]);
const hvmAssists = new Set([5]);

export const vmAssist = service(forgets, (call) => {
  const known = call.domain.type === 'pv' ? pvAssists : hvmAssists;
  if (!known.has(call.u32(1))) return -errno.EINVAL;
  return call.u32(0) <= 1 ? 0 : -errno.ENOSYS;
});

/** Settings of a PV kernel that have no effect in the model. */
const forgotten = () => service(forgets, () => 0);
export const stackSwitch = forgotten();
export const setCallbacks = forgotten();
export const fpuTaskswitch = forgotten();

export const setTimerOp = service(partial('no timer ever expires'), () => 0);

const noPageTables = unsupported('EINVAL', 'the model has no page tables');
export const updateDescriptor = service(noPageTables);
export const updateVaMapping = service(noPageTables);

/** Owners of pages that are no domain's number. */
const PAGE_OWNERS: ReadonlySet<number> = new Set([DOMID_SELF, DOMID_IO, DOMID_XEN]);

export const updateVaMappingOtherdomain = service(noPageTables, (call) => {
  const owner = call.u32(3) & 0xffff;
  return PAGE_OWNERS.has(owner) || call.hypervisor.domains.has(owner) ? -errno.EINVAL : -errno.ESRCH;
});

export const iret = service(unsupported('EFAULT', 'there is no frame to return to'));
