import { anyDomain, mayTarget } from '../../call/domid.ts';
import { supported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { errno } from '../../errno.ts';
import { fromFirst, memoryFamily } from './family.ts';

/** struct xen_vmemrange. */
const RANGE_BYTES = 24;

const bytesOf = (words: Uint32Array) => new Uint8Array(words.buffer, words.byteOffset, words.byteLength);

/** Returns the virtual NUMA nodes that setvnumainfo set for a domain. */
const getVnumainfo = operation({
  family: memoryFamily,
  name: 'get_vnumainfo',
  status: supported,
  argument: 'xen_vnuma_topology_info',
  copies: 'both',
  before: fromFirst,
  bind({ field }) {
    const [domid, pad] = [field('domid'), field('pad')];
    const [nodes, vcpus, ranges] = [field('nr_vnodes'), field('nr_vcpus'), field('nr_vmemranges')];
    const [distances, vcpuToNode, memory] = [field('vdistance'), field('vcpu_to_vnode'), field('vmemrange')];
    return (request) => {
      const { call, caller, view } = request;
      if (pad.get(view) !== 0) return -errno.EINVAL;
      const domain = anyDomain(call, domid.get(view));
      if (domain === undefined) return -errno.ESRCH;
      if (!mayTarget(caller, domain)) return -errno.EPERM;
      const { vnuma } = domain;
      if (vnuma === undefined) return -errno.EOPNOTSUPP;
      const [nodeCount, rangeCount] = [Math.sqrt(vnuma.distances.length), vnuma.ranges.length / RANGE_BYTES];
      const fits = nodes.get(view) >= nodeCount && vcpus.get(view) >= domain.maxVcpus && ranges.get(view) >= rangeCount;
      nodes.set(view, nodeCount);
      vcpus.set(view, domain.maxVcpus);
      ranges.set(view, rangeCount);
      if (!fits) {
        // The struct is copied back with the needed sizes.
        request.copyBack = true;
        return -errno.ENOBUFS;
      }
      const copied =
        call.copyToGuest(memory.get(view), vnuma.ranges) &&
        call.copyToGuest(distances.get(view), bytesOf(vnuma.distances)) &&
        call.copyToGuest(vcpuToNode.get(view), bytesOf(vnuma.vcpuToNode));
      return copied ? 0 : -errno.EFAULT;
    };
  },
});

export const vnumaOperations = [getVnumainfo];
