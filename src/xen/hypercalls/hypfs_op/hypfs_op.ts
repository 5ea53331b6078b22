import type { Abi } from '../../abi/abi.ts';
import type { Struct } from '../../abi/layout.ts';
import type { Call } from '../../call/call.ts';
import { partial, supported, type UnlistedRow } from '../../call/hypercall.ts';
import { errno } from '../../errno.ts';
import type { Hypervisor } from '../../hypervisor.ts';
import { type Directory, findNode, hypfsTree, isDirectory, type Node } from './tree.ts';

/** XEN_HYPFS_VERSION and XEN_HYPFS_MAX_PATHLEN. */
const VERSION = 1;
const MAX_PATH = 1024;
const GET_VERSION = 0;
const READ = 1;
const WRITE = 2;

/** hypfs_op(cmd, path, path_length, buffer, size): the hypervisor's file system. Lengths of paths count the NUL. */
export function hypfsOp(abi: Abi): UnlistedRow {
  const entry = abi.struct('xen_hypfs_direntry');
  const trees = new WeakMap<Hypervisor, Directory>();
  const treeOf = (hypervisor: Hypervisor) => {
    const tree = trees.get(hypervisor) ?? hypfsTree(hypervisor);
    trees.set(hypervisor, tree);
    return tree;
  };
  return {
    number: 42,
    name: 'hypfs_op',
    status: supported,
    subOperations: [
      { number: GET_VERSION, name: 'get_version', status: supported },
      { number: READ, name: 'read', status: partial('/cpupool knows pool 0 only') },
      { number: WRITE, name: 'write_contents', status: partial('of the parameters only loglvl and guest_loglvl act') },
    ],
    handler(call) {
      if (!call.domain.privileged) return -errno.EPERM;
      const command = call.u32(0);
      if (command === GET_VERSION) {
        const zero = call.address(1) === 0 && call.address(2) === 0 && call.address(3) === 0 && call.address(4) === 0;
        return zero ? VERSION : -errno.EINVAL;
      }
      const path = readPath(call);
      if (typeof path === 'number') return path;
      const node = findNode(treeOf(call.hypervisor), path);
      if (node === undefined) return -errno.ENOENT;
      if (command === READ) return read(call, node, entry);
      return command === WRITE ? write(call, node) : -errno.EOPNOTSUPP;
    },
  };
}

function readPath(call: Call): string | number {
  const length = call.address(2);
  if (length > MAX_PATH) return -errno.EINVAL;
  const bytes = new Uint8Array(length);
  if (!call.copyFromGuest(call.address(1), bytes)) return -errno.EFAULT;
  // the only NUL must be the last byte; an empty text has none
  if (length === 0 || bytes.indexOf(0) !== length - 1) return -errno.EINVAL;
  return new TextDecoder('latin1').decode(bytes.subarray(0, -1));
}

function contentOf(node: Node): Uint8Array {
  return isDirectory(node) ? listing(node) : node.read();
}

function read(call: Call, node: Node, entry: Struct): number {
  const buffer = call.address(3);
  const room = call.address(4);
  if (room < entry.size) return -errno.EINVAL;
  const content = contentOf(node);
  const head = new Uint8Array(entry.size);
  describe(new DataView(head.buffer), 0, node, content.length, entry);
  if (!call.copyToGuest(buffer, head)) return -errno.EFAULT;
  if (room < entry.size + content.length) return -errno.ENOBUFS;
  return call.copyToGuest(buffer + entry.size, content) ? 0 : -errno.EFAULT;
}

function write(call: Call, node: Node): number {
  if (isDirectory(node) || node.write === undefined) return -errno.EACCES;
  const length = call.address(4);
  if (length > node.maxWrite) return -errno.ENOSPC;
  const content = new Uint8Array(length);
  if (!call.copyFromGuest(call.address(3), content)) return -errno.EFAULT;
  return node.write(content);
}

/** Fills a struct xen_hypfs_direntry. */
function describe(view: DataView, at: number, node: Node, length: number, entry: Struct): void {
  entry.field('type').set(view, node.type, at);
  entry.field('encoding').set(view, isDirectory(node) ? 0 : node.encoding, at);
  entry.field('content_len').set(view, length, at);
  entry.field('max_write_len').set(view, isDirectory(node) ? 0 : node.maxWrite, at);
}

/** struct xen_hypfs_dirlistentry: an entry, u16 off_next, and the name right behind it, padded to four bytes. */
const ENTRY_BYTES = 12;
const NAME_OFFSET = ENTRY_BYTES + 2;

function listing(directory: Directory): Uint8Array {
  const entries = directory.entries();
  const sizes = entries.map(
    ([name]) => NAME_OFFSET + Math.max(directory.nameRoom ?? 0, Math.ceil((name.length + 1) / 4) * 4),
  );
  const bytes = new Uint8Array(sizes.reduce((sum, size) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [index, [name, node]] of entries.entries()) {
    const size = sizes[index] ?? 0;
    view.setUint8(at, node.type);
    view.setUint8(at + 1, isDirectory(node) ? 0 : node.encoding);
    view.setUint32(at + 4, contentOf(node).length, true);
    view.setUint32(at + 8, isDirectory(node) ? 0 : node.maxWrite, true);
    view.setUint16(at + ENTRY_BYTES, index === entries.length - 1 ? 0 : size, true);
    bytes.set(new TextEncoder().encode(name), at + NAME_OFFSET);
    at += size;
  }
  return bytes;
}
