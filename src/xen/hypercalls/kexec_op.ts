import { stableLayout } from '../abi/stable-layout.ts';
import type { Call } from '../call/call.ts';
import { partial, type SubOperation, supported, type UnlistedRow, unsupported } from '../call/hypercall.ts';
import { errno } from '../errno.ts';

const range = stableLayout('xen_kexec_range', 'range:u32 nr:u32 size:u64 start:u64');
/** Kinds of image: started on demand, and after a crash. */
const IMAGE_TYPES = 2;

/** Where Xen lies in the recorded machine's memory. */
const XEN_START = 0xbfa00000;
const XEN_SIZE = 3825984;
/** The note of a CPU, within Xen. */
const CPU_NOTE_BYTES = 824;
const CPU_NOTES = 0xbfd80000;
const VMCOREINFO = { start: 0xbfd90000, size: 4096 };

const subOperations: readonly SubOperation[] = [
  { number: 0, name: 'kexec', status: unsupported('ENOENT', 'no image is ever loaded') },
  { number: 1, name: 'load_v1', status: unsupported('EINVAL', 'no crash area is reserved') },
  { number: 2, name: 'unload_v1', status: supported },
  { number: 3, name: 'get_range', status: supported },
  { number: 4, name: 'load', status: unsupported('EINVAL', 'no crash area is reserved') },
  { number: 5, name: 'unload', status: supported },
  { number: 6, name: 'status', status: supported },
];

/** kexec_op(op, arg): crash kernels. An unknown operation is 0, as in Xen 4.17. */
export function kexecOp(): UnlistedRow {
  return {
    number: 37,
    name: 'kexec_op',
    status: partial('see its sub-operations'),
    subOperations,
    handler(call) {
      if (!call.domain.privileged) return -errno.EPERM;
      switch (call.u32(0)) {
        case 0:
          return imageType(call, -errno.ENOENT);
        case 1:
        case 4:
          return imageType(call, -errno.EINVAL);
        case 2:
        case 5:
          return imageType(call, 0);
        case 3:
          return getRange(call);
        case 6:
          return imageType(call, 0);
        default:
          return 0;
      }
    },
  };
}

/** Every struct but the range's starts with the kind of image, in one byte that counts. */
function imageType(call: Call, answer: number): number {
  const bytes = new Uint8Array(4);
  if (!call.copyFromGuest(call.address(1), bytes)) return -errno.EFAULT;
  return (bytes[0] ?? 0) < IMAGE_TYPES ? answer : -errno.EINVAL;
}

/** Ranges: 0 the crash area, 1 Xen, 2 a CPU's note, 3 Xen's heap, 4 boot parameters, 5 EFI's map, 6 vmcoreinfo. */
function getRange(call: Call): number {
  const address = call.address(1);
  const view = call.structFromGuest(address, range);
  if (view === undefined) return -errno.EFAULT;
  const number = range.field('nr').get(view);
  const set = (start: number, size: number) => {
    range.field('start').set(view, start);
    range.field('size').set(view, size);
    return call.structToGuest(address, view);
  };
  switch (range.field('range').get(view)) {
    case 0:
      return set(0, 0);
    case 1:
    case 3:
      return set(XEN_START, XEN_SIZE);
    case 2:
      if (number >= call.hypervisor.machine.cpus) return -errno.ERANGE;
      return set(CPU_NOTES + 4096 * number, CPU_NOTE_BYTES);
    case 6:
      return set(VMCOREINFO.start, VMCOREINFO.size);
    default:
      return -errno.EINVAL;
  }
}
