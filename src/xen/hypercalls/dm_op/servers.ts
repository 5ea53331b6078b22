import { behaves } from '../../abi/behaviour.ts';
import { stableLayout } from '../../abi/stable-layout.ts';
import { partial, supported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import type { IoreqServer } from '../../domain/ioreq-servers.ts';
import { errno } from '../../errno.ts';
import { pageTypes } from '../../memory/page-types.ts';
import { type DmRequest, dmFamily, zeroes } from './family.ts';

const notAsked = partial('no request of a guest reaches a server');
/** XEN_DMOP_no_gfns: the caller acquires the pages as a resource. */
const NO_GFNS = 1;
/** XEN_DMOP_IOREQ_MEM_ACCESS_WRITE. */
const MEM_ACCESS_WRITE = 2;

const creation = stableLayout('xen_dm_op_create_ioreq_server', 'handle_bufioreq:u8 pad:u8[3] id:u16');

const create = operation({
  family: dmFamily,
  name: 'create_ioreq_server',
  status: notAsked,
  argument: creation,
  copies: 'both',
  bind({ field }) {
    const [buffering, pad, id] = [field('handle_bufioreq'), field('pad'), field('id')];
    return ({ model, caller, view }) => {
      for (let at = pad.offset; at < pad.offset + pad.size; at += 1) if (view.getUint8(at) !== 0) return -errno.EINVAL;
      const created = model.servers.create(buffering.get(view), caller);
      if (created < 0) return created;
      id.set(view, created);
      return 0;
    };
  },
});

const getInfo = operation({
  family: dmFamily,
  name: 'get_ioreq_server_info',
  status: supported,
  argument: stableLayout(
    'xen_dm_op_get_ioreq_server_info',
    'id:u16 flags:u16 bufioreq_port:u32 ioreq_gfn:u64 bufioreq_gfn:u64',
  ),
  copies: 'both',
  bind({ abi, field }) {
    const frameSet = behaves(abi, 'ioreqFrameSet');
    const [id, flags, port] = [field('id'), field('flags'), field('bufioreq_port')];
    const [slots, ring] = [field('ioreq_gfn'), field('bufioreq_gfn')];
    return ({ model, view }) => {
      if ((flags.get(view) & ~NO_GFNS) !== 0) return -errno.EINVAL;
      const server = model.servers.get(id.get(view));
      if (server === undefined) return -errno.ENOENT;
      if ((flags.get(view) & NO_GFNS) === 0) {
        const refused = model.servers.mapAtGfns(server, frameSet);
        if (refused < 0 || server.gfns === undefined) return refused;
        slots.set(view, server.gfns.slots);
        if (server.buffered) ring.set(view, server.gfns.buffered);
      }
      if (server.buffered) port.set(view, server.bufferedPort);
      return 0;
    };
  },
});

const range = stableLayout('xen_dm_op_ioreq_server_range', 'id:u16 pad:u16 type:u32 start:u64 end:u64');

/** An operation on a range of a server: both ends belong to it. */
const onRange = (name: string, perform: (server: IoreqServer, type: number, start: number, end: number) => number) =>
  operation({
    family: dmFamily,
    name,
    status: supported,
    argument: range,
    bind({ field, struct }) {
      const [id, type, start, end] = [field('id'), field('type'), field('start'), field('end')];
      const padded = zeroes(struct, 'pad');
      return ({ model, view }) => {
        if (!padded(view) || start.getBig(view) > end.getBig(view)) return -errno.EINVAL;
        const server = model.servers.get(id.get(view));
        if (server === undefined) return -errno.ENOENT;
        return perform(server, type.get(view), start.get(view), end.get(view));
      };
    },
  });

const mapRange = onRange('map_io_range_to_ioreq_server', ({ ranges }, type, start, end) => {
  const set = ranges[type];
  if (set === undefined) return -errno.EINVAL;
  if (set.overlaps(start, end)) return -errno.EEXIST;
  return set.add(start, end) ? 0 : -errno.ENOMEM;
});

const unmapRange = onRange('unmap_io_range_from_ioreq_server', ({ ranges }, type, start, end) => {
  const set = ranges[type];
  if (set === undefined) return -errno.EINVAL;
  if (!set.contains(start, end)) return -errno.ENOENT;
  return set.remove(start, end) ? 0 : -errno.ENOMEM;
});

const setState = operation({
  family: dmFamily,
  name: 'set_ioreq_server_state',
  status: notAsked,
  argument: stableLayout('xen_dm_op_set_ioreq_server_state', 'id:u16 enabled:u8 pad:u8'),
  bind({ field, struct }) {
    const [id, enabled] = [field('id'), field('enabled')];
    const padded = zeroes(struct, 'pad');
    return ({ model, view }) => {
      if (!padded(view)) return -errno.EINVAL;
      const server = model.servers.get(id.get(view));
      if (server === undefined) return -errno.ENOENT;
      model.servers.setEnabled(server, enabled.get(view) !== 0);
      return 0;
    };
  },
});

const destroy = operation({
  family: dmFamily,
  name: 'destroy_ioreq_server',
  status: supported,
  argument: stableLayout('xen_dm_op_destroy_ioreq_server', 'id:u16 pad:u16'),
  bind({ field, struct }) {
    const id = field('id');
    const padded = zeroes(struct, 'pad');
    return ({ model, view }) => {
      if (!padded(view)) return -errno.EINVAL;
      const server = model.servers.get(id.get(view));
      if (server === undefined) return -errno.ENOENT;
      model.servers.destroy(server);
      return 0;
    };
  },
});

/** One server at a time has the pages of the type ioreq_server; a call without access flags releases them. */
const mapMemoryType = operation({
  family: dmFamily,
  name: 'map_mem_type_to_ioreq_server',
  status: notAsked,
  argument: stableLayout('xen_dm_op_map_mem_type_to_ioreq_server', 'id:u16 type:u16 flags:u32 opaque:u64'),
  bind({ field }) {
    const [id, type, flags, opaque] = [field('id'), field('type'), field('flags'), field('opaque')];
    return ({ model: { servers }, view }: DmRequest) => {
      if (opaque.getBig(view) !== 0n) return 0; // as during Xen's continuation, in which the pages' types are reset
      if (type.get(view) !== pageTypes.ioreqServer || (flags.get(view) & ~MEM_ACCESS_WRITE) !== 0) return -errno.EINVAL;
      const server = servers.get(id.get(view));
      if (server === undefined) return -errno.ENOENT;
      if (flags.get(view) === 0) {
        if (servers.memoryServer !== server) return -errno.EINVAL;
        servers.memoryServer = undefined;
        return 0;
      }
      if (servers.memoryServer !== undefined) return -errno.EBUSY;
      servers.memoryServer = server;
      return 0;
    };
  },
});

export const serverOperations = [create, getInfo, mapRange, unmapRange, setState, destroy, mapMemoryType];
