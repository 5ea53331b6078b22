import type { Call } from '../../call/call.ts';
import { partial } from '../../call/hypercall.ts';
import { type Layout, operation } from '../../call/operation.ts';
import { XENLOG_ERR } from '../../console/console.ts';
import { errno } from '../../errno.ts';
import { sysctlFamily } from './family.ts';

/** XEN_SYSCTL_LIVEPATCH_*. */
const command = { upload: 0, get: 1, list: 2, action: 3 } as const;
/** Bytes of a payload's name with its NUL, at most. */
const MAX_NAME = 128;
/** Bytes of a payload, at most. */
const MAX_PAYLOAD = 2 * 1024 * 1024;
/** Bytes of an ELF file's header, and how it begins. */
const ELF_HEADER = 64;
const ELF_MAGIC = [0x7f, 0x45, 0x4c, 0x46];
/** Words after a name's size that must be zero. */
const NAME_PADS = 3;
/** Payloads that one list may ask for. */
const MAX_LIST = 1024;
/** Counts changes of the set of payloads, from 1. */
const PAYLOAD_VERSION = 1;

/** XEN_SYSCTL_livepatch_op: there are never payloads. */
const livepatchOp = operation({
  family: sysctlFamily,
  name: 'livepatch_op',
  status: partial('every payload is refused as invalid'),
  argument: 'livepatch',
  copies: 'both',
  bind(layout) {
    const { field, optional } = layout;
    const count = optional('u.list.nr');
    // The layouts of 4.7 to 4.9 lack the members: these releases answer like a Xen built without live patching.
    if (count === undefined) return () => -errno.ENOSYS;
    const cmd = field('cmd');
    // `pad` became `flags` in 4.19, whose only bit is "force".
    const pad = optional('pad');
    const reserved = pad ?? field('flags');
    const allowed = pad === undefined ? 1 : 0;
    const actionPad = optional('u.action.pad');
    const [listPad, version] = [field('u.list.pad'), field('u.list.version')];
    const lists = [field('u.list.status'), field('u.list.len'), optional('u.list.metadata_len')];
    const totals = [optional('u.list.name_total_size'), optional('u.list.metadata_total_size')];
    const upload = uploading(layout);
    const checkName = { get: named(layout, 'get'), action: named(layout, 'action') };
    return ({ call, view }) => {
      // With the flag that is known, unknown ones do not matter (sysctl.livepatch_op.list.flags, on 4.20.4).
      const flags = reserved.get(view);
      if (flags !== 0 && (flags & allowed) === 0) return -errno.EINVAL;
      switch (cmd.get(view)) {
        case command.upload:
          return upload(call, view);
        case command.get:
          return checkName.get(call, view) || -errno.ENOENT;
        case command.list:
          if (count.get(view) > MAX_LIST) return -errno.E2BIG;
          if (listPad.get(view) !== 0) return -errno.EINVAL;
          if (lists.some((list) => list !== undefined && !call.mayPointTo(list.get(view)))) return -errno.EINVAL;
          version.set(view, PAYLOAD_VERSION);
          count.set(view, 0);
          for (const total of totals) total?.set(view, 0);
          return 0;
        case command.action:
          if (actionPad !== undefined && actionPad.get(view) !== 0) return -errno.EINVAL;
          return checkName.action(call, view) || -errno.ENOENT;
        default:
          return -errno.EOPNOTSUPP;
      }
    };
  },
});

/** Checks the payload name of a command: 0 if it is well-formed, otherwise -errno. */
function named(layout: Layout, of: 'get' | 'action'): (call: Call, view: DataView) => number {
  const read = nameOf(layout, of);
  return (call, view) => {
    const name = read(call, view);
    return typeof name === 'number' ? name : 0;
  };
}

/** Reads the payload name of a command: the name, or -errno if it is malformed. */
function nameOf({ field }: Layout, of: 'upload' | 'get' | 'action'): (call: Call, view: DataView) => string | number {
  const [sizeField, name] = [field(`u.${of}.name.size`), field(`u.${of}.name.name`)];
  return (call, view) => {
    const size = sizeField.get(view);
    if (size === 0 || size > MAX_NAME) return -errno.EINVAL;
    for (let pad = 1; pad <= NAME_PADS; pad += 1) {
      if (view.getUint16(sizeField.offset + 2 * pad, true) !== 0) return -errno.EINVAL;
    }
    const bytes = new Uint8Array(size);
    if (!call.copyFromGuest(name.get(view), bytes)) return -errno.EFAULT;
    return bytes[size - 1] === 0 ? Buffer.from(bytes.subarray(0, bytes.indexOf(0))).toString('latin1') : -errno.EINVAL;
  };
}

/** Reads a payload and refuses it. A name that cannot be read is EINVAL here. sysctl.livepatch_op.upload.*. */
function uploading(layout: Layout): (call: Call, view: DataView) => number {
  const [sizeField, payload] = [layout.field('u.upload.size'), layout.field('u.upload.payload')];
  const readName = nameOf(layout, 'upload');
  return (call, view) => {
    const name = readName(call, view);
    const size = sizeField.get(view);
    if (typeof name === 'number' || size === 0 || size > MAX_PAYLOAD) return -errno.EINVAL;
    const bytes = new Uint8Array(size);
    if (!call.copyFromGuest(payload.get(view), bytes)) return -errno.EFAULT;
    const { console } = call.hypervisor;
    if (size < ELF_HEADER) console.printk(`${XENLOG_ERR}livepatch: ${name}: Section header is bigger than payload\n`);
    else if (!ELF_MAGIC.every((byte, at) => bytes[at] === byte))
      console.printk(`${XENLOG_ERR}livepatch: ${name}: Not an ELF payload\n`);
    return -errno.EINVAL;
  };
}

export const livepatchOperations = [livepatchOp];
