import type { Abi } from '../../abi/abi.ts';
import { anyDomain, mayTarget } from '../../call/domid.ts';
import { supported } from '../../call/hypercall.ts';
import { errno } from '../../errno.ts';
import type { MemoryOperation } from './memory_op.ts';

/** struct xen_vmemrange. */
const RANGE_BYTES = 24;

/** XENMEM_get_vnumainfo: the virtual NUMA nodes that setvnumainfo gave a domain. */
export function vnumaOperations(abi: Abi): readonly MemoryOperation[] {
  const topology = abi.struct('xen_vnuma_topology_info');
  const field = (name: string) => topology.field(name);
  const [domid, pad] = [field('domid'), field('pad')];
  const [nodes, vcpus, ranges] = [field('nr_vnodes'), field('nr_vcpus'), field('nr_vmemranges')];
  const [distances, vcpuToNode, memory] = [field('vdistance'), field('vcpu_to_vnode'), field('vmemrange')];
  const bytesOf = (words: Uint32Array) => new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
  return [
    {
      name: 'get_vnumainfo',
      status: supported,
      perform(call, address, start) {
        if (start !== 0) return -errno.EINVAL;
        const view = call.structFromGuest(address, topology);
        if (view === undefined) return -errno.EFAULT;
        if (pad.get(view) !== 0) return -errno.EINVAL;
        const domain = anyDomain(call, domid.get(view));
        if (domain === undefined) return -errno.ESRCH;
        if (!mayTarget(call.domain, domain)) return -errno.EPERM;
        const { vnuma } = domain;
        if (vnuma === undefined) return -errno.EOPNOTSUPP;
        const [nodeCount, rangeCount] = [Math.sqrt(vnuma.distances.length), vnuma.ranges.length / RANGE_BYTES];
        const fits =
          nodes.get(view) >= nodeCount && vcpus.get(view) >= domain.maxVcpus && ranges.get(view) >= rangeCount;
        nodes.set(view, nodeCount);
        vcpus.set(view, domain.maxVcpus);
        ranges.set(view, rangeCount);
        if (!fits) return call.structToGuest(address, view) < 0 ? -errno.EFAULT : -errno.ENOBUFS;
        const copied =
          call.copyToGuest(memory.get(view), vnuma.ranges) &&
          call.copyToGuest(distances.get(view), bytesOf(vnuma.distances)) &&
          call.copyToGuest(vcpuToNode.get(view), bytesOf(vnuma.vcpuToNode));
        return copied ? call.structToGuest(address, view) : -errno.EFAULT;
      },
    },
  ];
}
