import type { Call } from '../../call/call.ts';
import { supported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { errno } from '../../errno.ts';
import { PAGE_SIZE } from '../../memory/heap.ts';
import { domctlFamily } from './family.ts';

const WORD = 4;
/** struct xen_vmemrange: start (8), end (8), flags (4), nid (4). */
const RANGE_BYTES = 24;
const RANGE_FLAGS = 16;
const MAX_NODES = 64;

function words(call: Call, address: number, count: number): Uint32Array | undefined {
  const found = new Uint32Array(count);
  return call.copyFromGuest(address, new Uint8Array(found.buffer)) ? found : undefined;
}

/** XEN_DOMCTL_setvnumainfo: sets the guest's virtual NUMA nodes, which XENMEM_get_vnumainfo returns. */
const setvnumainfo = operation({
  family: domctlFamily,
  name: 'setvnumainfo',
  status: supported,
  argument: 'vnuma',
  bind({ field }) {
    const nodes = field('nr_vnodes');
    const ranges = field('nr_vmemranges');
    const vcpus = field('nr_vcpus');
    const pad = field('pad');
    const distance = field('vdistance');
    const vcpuToNode = field('vcpu_to_vnode');
    const nodeToPnode = field('vnode_to_pnode');
    const memory = field('vmemrange');
    return ({ domain, view, call }) => {
      const nrNodes = nodes.get(view);
      const nrRanges = ranges.get(view);
      const nrVcpus = vcpus.get(view);
      if (nrNodes === 0 || nrVcpus !== domain.maxVcpus || pad.get(view) !== 0) return -errno.EINVAL;
      if (nrNodes * nrNodes > PAGE_SIZE / WORD || nrRanges > Math.floor(PAGE_SIZE / RANGE_BYTES)) return -errno.EINVAL;
      const distances = words(call, distance.get(view), nrNodes * nrNodes);
      const rangeBytes = new Uint8Array(nrRanges * RANGE_BYTES);
      if (distances === undefined || !call.copyFromGuest(memory.get(view), rangeBytes)) return -errno.EFAULT;
      const vcpuNodes = words(call, vcpuToNode.get(view), nrVcpus);
      if (vcpuNodes === undefined) return -errno.EFAULT;
      if (vcpuNodes.some((node) => node >= nrNodes)) return -errno.E2BIG;
      const physical = words(call, nodeToPnode.get(view), nrNodes);
      if (physical === undefined) return -errno.EFAULT;
      if (physical.some((node) => node >= MAX_NODES)) return -errno.E2BIG;
      const rangeView = new DataView(rangeBytes.buffer);
      for (let at = 0; at < rangeBytes.length; at += RANGE_BYTES) {
        if (rangeView.getUint32(at + RANGE_FLAGS, true) !== 0) return -errno.EINVAL;
      }
      domain.vnuma = { distances, ranges: rangeBytes, vcpuToNode: vcpuNodes, machineNodes: physical };
      return 0;
    };
  },
});

export const vnumaOperations = [setvnumainfo];
