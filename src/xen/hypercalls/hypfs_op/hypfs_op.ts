import { behaves } from '../../abi/behaviour.ts';
import type { Call } from '../../call/call.ts';
import type { Family } from '../../call/family.ts';
import { partial, supported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { OperationRequest } from '../../call/operation-request.ts';
import { serve } from '../../call/serve.ts';
import { errno } from '../../errno.ts';
import { entryOf, listing } from './listing.ts';
import { findNode, hypfsTree, isDirectory, type Node } from './tree.ts';

/** XEN_HYPFS_VERSION and XEN_HYPFS_MAX_PATHLEN. */
const VERSION = 1;
const MAX_PATH = 1024;

class HypfsRequest extends OperationRequest {
  /** The node at the path. Not used by get_version. */
  node!: Node;
}

interface HypfsTraits {
  /** Takes no path. */
  readonly pathless?: true;
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

const hypfsFamily: Family<HypfsRequest, HypfsTraits> = {
  name: 'hypfs_op',
  status: supported,
  prefix: 'XEN_HYPFS_OP',
  carriage: { pointer: 3 },
  Request: HypfsRequest,
  first: ({ domain }) => (domain.privileged ? 0 : -errno.EPERM),
  // The path comes first, whatever the command.
  check: () => (request, operation) => {
    if (operation?.pathless === true) return 0;
    const path = readPath(request.call);
    if (typeof path === 'number') return path;
    const { hypervisor } = request;
    const node = findNode(hypfsTree(hypervisor), path);
    if (node === undefined) {
      const invalid = !path.startsWith('/') && behaves(hypervisor.abi, 'hypfsPathChecked');
      return invalid ? -errno.EINVAL : -errno.ENOENT;
    }
    request.node = node;
    return 0;
  },
  unknown: 'EOPNOTSUPP',
};

/** The argument that has the size of the buffer. */
const SIZE = 4;

const getVersion = operation({
  family: hypfsFamily,
  name: 'get_version',
  status: supported,
  pathless: true,
  handler({ call }) {
    const zero = call.address(1) === 0 && call.address(2) === 0 && call.address(3) === 0 && call.address(SIZE) === 0;
    return zero ? VERSION : -errno.EINVAL;
  },
});

const read = operation({
  family: hypfsFamily,
  name: 'read',
  status: supported,
  bind({ abi }) {
    const struct = abi.struct('xen_hypfs_direntry');
    return ({ call, address, node }) => {
      const room = call.address(SIZE);
      if (room < struct.size) return -errno.EINVAL;
      const content = isDirectory(node) ? listing(node) : node.read();
      if (!call.copyToGuest(address, entryOf(node, content.length, struct))) return -errno.EFAULT;
      if (room < struct.size + content.length) return -errno.ENOBUFS;
      return call.copyToGuest(address + struct.size, content) ? 0 : -errno.EFAULT;
    };
  },
});

const writeContents = operation({
  family: hypfsFamily,
  name: 'write_contents',
  status: partial('only loglvl, guest_loglvl and console_timestamps have an effect; a granularity is only stored'),
  handler({ call, address, node }) {
    if (isDirectory(node) || node.write === undefined) return -errno.EACCES;
    const length = call.address(SIZE);
    const refused = node.refuses?.(length) ?? 0;
    if (refused !== 0) return refused;
    const content = new Uint8Array(length);
    return call.copyFromGuest(address, content) ? node.write(content) : -errno.EFAULT;
  },
});

/** hypfs_op(cmd, path, path_length, buffer, size): the hypervisor's file system. Lengths of paths count the NUL. */
export const hypfsOp = serve(hypfsFamily, [getVersion, read, writeContents]);
