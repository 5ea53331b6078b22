import { behaves } from '../abi/behaviour.ts';
import { stableLayout } from '../abi/stable-layout.ts';
import { valueOfRelease } from '../abi/value-of-release.ts';
import type { Family } from '../call/family.ts';
import { partial, type Status, supported, unsupported } from '../call/hypercall.ts';
import { operation, type Perform } from '../call/operation.ts';
import { OperationRequest } from '../call/operation-request.ts';
import { serve } from '../call/serve.ts';
import { errno } from '../errno.ts';

/** Kinds of image: started on demand, and after a crash. */
const IMAGE_TYPES = 2;

/** Xen's place in the recorded machine's memory. */
const XEN_START = 0xbfa00000;
const VMCOREINFO = { start: 0xbfd90000, size: 4096 };

const kexecFamily: Family = {
  name: 'kexec_op',
  status: partial('see its sub-operations'),
  prefix: 'KEXEC_CMD',
  carriage: { pointer: 1 },
  Request: OperationRequest,
  first: ({ domain }) => (domain.privileged ? 0 : -errno.EPERM),
  unknown: (abi) => (behaves(abi, 'unknownKexecRefused') ? 'EOPNOTSUPP' : 0),
};

/** The start of each struct except the range's: the kind of image, of which only one byte is used. */
const image = stableLayout('xen_kexec', 'type:u8 pad:u8[3]');
const type = image.field('type');

/** An operation on an image. The kind of image is checked first. */
const onImage =
  (answer: number): Perform =>
  ({ view }) =>
    type.get(view) < IMAGE_TYPES ? answer : -errno.EINVAL;

const noArea = unsupported('EINVAL', 'no crash area is reserved');
const imageOperation = (name: string, status: Status, answer: number) =>
  operation({ family: kexecFamily, name, status, argument: image, handler: onImage(answer) });

/** KEXEC_RANGE_MA_*. */
const ranges = { crash: 0, xen: 1, cpu: 2, vmcoreinfo: 6 } as const;

/** KEXEC_CMD_kexec_get_range: the address ranges of the crash area, Xen, a CPU's note and so on. */
const getRange = operation({
  family: kexecFamily,
  name: 'kexec_get_range',
  status: supported,
  argument: stableLayout('xen_kexec_range', 'range:u32 nr:u32 size:u64 start:u64'),
  copies: 'both',
  bind({ field }) {
    const [range, nr, sizeField, startField] = [field('range'), field('nr'), field('size'), field('start')];
    const set = (view: DataView, start: number, size: number): number => {
      startField.set(view, start);
      sizeField.set(view, size);
      return 0;
    };
    return ({ hypervisor, view }) => {
      switch (range.get(view)) {
        case ranges.crash:
          return set(view, 0, 0);
        case ranges.xen:
          return set(view, XEN_START, valueOfRelease(hypervisor.abi, 'xenBytes'));
        case ranges.cpu: {
          const cpu = nr.get(view);
          // Without a crash area no CPU has notes.
          return cpu >= hypervisor.machine.cpus ? -errno.ERANGE : -errno.EINVAL;
        }
        case ranges.vmcoreinfo:
          return set(view, VMCOREINFO.start, VMCOREINFO.size);
        default:
          return -errno.EINVAL;
      }
    };
  },
});

/** struct xen_kexec_segment, and how many there are at most. */
const SEGMENT_BYTES = 32;
const MAX_SEGMENTS = 16;

/** KEXEC_CMD_kexec_load: reads the segments; without a crash area none can be loaded, so the entry point is never in one. */
const load = operation({
  family: kexecFamily,
  name: 'kexec_load',
  status: noArea,
  argument: stableLayout('xen_kexec_load', 'type:u8 pad:u8 arch:u16 nr_segments:u32 segments:u64 entry_maddr:u64'),
  bind({ field }) {
    const [kind, count, segments] = [field('type'), field('nr_segments'), field('segments')];
    return ({ call, view }) => {
      const number = count.get(view);
      if (number >= MAX_SEGMENTS) return -errno.EINVAL;
      const bytes = new Uint8Array(number * SEGMENT_BYTES);
      if (number > 0 && !call.copyFromGuest(segments.get(view), bytes)) return -errno.EFAULT;
      return kind.get(view) < IMAGE_TYPES ? -errno.EADDRNOTAVAIL : -errno.EINVAL;
    };
  },
});

const operations = [
  imageOperation('kexec', unsupported('ENOENT', 'no image is ever loaded'), -errno.ENOENT),
  imageOperation('kexec_load_v1', noArea, -errno.EINVAL),
  imageOperation('kexec_unload_v1', supported, 0),
  getRange,
  load,
  imageOperation('kexec_unload', supported, 0),
  imageOperation('kexec_status', supported, 0),
];

/** kexec_op(op, arg): crash kernels. */
export const kexecOp = serve(kexecFamily, operations);
