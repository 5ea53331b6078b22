// Probing calls of Xen's own libraries. They are expected to fail, and their caller continues, so they are not failures of the program.

import type { GuestMemory } from '../xen/call/guest-memory.ts';
import { errno } from '../xen/errno.ts';
import { subOperation } from './causes/sub-operation.ts';
import type { FailedCall, Failure } from './failure.ts';

/** IOCTL_PRIVCMD_UNIMPLEMENTED: with it libxencall and libxenforeignmemory learn how the driver refuses what it does not know. */
const UNIMPLEMENTED = 0x50ff;
/** FLASK_CONTEXT_TO_SID and FLASK_SID_TO_CONTEXT: libxl asks for labels, whether or not there is FLASK. */
const FLASK_LABELS: ReadonlySet<number> = new Set([4, 5]);
/** XEN_SYSCTL_CPUPOOL_OP_INFO. */
const POOL_INFO = 3;

export const isProbingIoctl = (command: number): boolean => command === UNIMPLEMENTED;

/** A question whose refusal is the expected answer. */
export function isProbe(failure: Failure): boolean {
  return failure.kind === 'hypercall' && mayBeProbe(failure) && usesLibxc(failure);
}

function mayBeProbe(call: FailedCall): boolean {
  const { row, args, memory, result } = call;
  if (row === undefined || row.source !== undefined) return false;
  switch (row.name) {
    case 'xsm_op':
      return Number(result) === -errno.ENOSYS && FLASK_LABELS.has(word(memory, args[0], 0) ?? 0);
    case 'memory_op':
      // libxl saves a domain's virtual NUMA; this is the answer for one that has none.
      return Number(result) === -errno.EOPNOTSUPP && subOperation(row, args, memory)?.name === 'get_vnumainfo';
    default:
      return isEndOfList(call);
  }
}

/** A program with its own hypercalls gets an explanation of each. */
const usesLibxc = ({ map }: FailedCall): boolean => map.regions.some(({ name }) => name.includes('/libxenctrl.so'));

/** libxc asks for the domain or pool after the last one, to see that there is none. */
function isEndOfList({ hypervisor: { abi, domains, pools }, row, args, memory, result }: FailedCall): boolean {
  const asked = (struct: 'xen_domctl' | 'xen_sysctl', field: string) =>
    word(memory, args[0], abi.struct(struct).field(field).offset) ?? 0;
  const name = row === undefined ? undefined : subOperation(row, args, memory)?.name;
  if (name === 'getdomaininfo' && Number(result) === -errno.ESRCH) {
    const id = asked('xen_domctl', 'domain') & 0xffff;
    return domains.has(id - 1) && domains.next(id) === undefined;
  }
  if (name === 'cpupool_op' && Number(result) === -errno.ENOENT) {
    const id = asked('xen_sysctl', 'u.cpupool_op.cpupool_id');
    const isInfo = asked('xen_sysctl', 'u.cpupool_op.op') === POOL_INFO;
    return isInfo && pools.get(id - 1) !== undefined && pools.next(id) === undefined;
  }
  return false;
}

/** A word of the caller's memory. */
function word(memory: GuestMemory, address = 0n, offset: number): number | undefined {
  const bytes = new Uint8Array(4);
  if (memory.read(Number(address) + offset, bytes, 0, 4) < 4) return undefined;
  return new DataView(bytes.buffer).getUint32(0, true);
}
