import { fullMask, intersection, isEmpty, maskOf } from '../../bit-mask.ts';
import { bitmapFromGuest, bitmapToGuest } from '../../call/bitmap.ts';
import { supported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { errno } from '../../errno.ts';
import { domctlFamily } from './family.ts';

/** XEN_VCPUAFFINITY_*. */
const HARD = 1;
const SOFT = 2;
const FORCE = 4;

/** MAX_NUMNODES. */
const NODES = 64;
/** The nodes of the machine: one. */
const ONLINE_NODES = maskOf(NODES, [0]);

function vcpuAffinity(name: 'setvcpuaffinity' | 'getvcpuaffinity') {
  return operation({
    family: domctlFamily,
    name,
    status: supported,
    argument: 'vcpuaffinity',
    bind({ field, optional }) {
      const id = field('vcpu');
      // Before 4.5 there was only one kind of affinity, and no field to select it.
      const flagsField = optional('flags');
      const old = flagsField === undefined;
      const hardMap = old ? 'cpumap' : 'cpumap_hard';
      const softMap = old ? 'cpumap' : 'cpumap_soft';
      const bits = optional(`${hardMap}.nr_bits`) !== undefined ? 'nr_bits' : 'nr_cpus';
      const hardBitmap = field(`${hardMap}.bitmap`);
      const hardBits = field(`${hardMap}.${bits}`);
      const softBitmap = field(`${softMap}.bitmap`);
      const softBits = field(`${softMap}.${bits}`);
      return ({ domain, view, call, hypervisor }) => {
        const asked = id.get(view);
        if (asked >= domain.maxVcpus) return -errno.EINVAL;
        const vcpu = domain.vcpus[asked];
        if (vcpu === undefined) return -errno.ESRCH;
        const flags = flagsField?.get(view) ?? HARD;
        const hardAddress = hardBitmap.get(view);
        const softAddress = softBitmap.get(view);
        const hard = (flags & HARD) !== 0;
        const soft = (flags & SOFT) !== 0;
        if (flags === 0 || (hard && hardAddress === 0) || (soft && softAddress === 0)) return -errno.EINVAL;
        const { cpus } = hypervisor.machine;
        const out = (address: number, bits: number, mask: Uint8Array) => bitmapToGuest(call, address, bits, mask);
        if (name === 'getvcpuaffinity') {
          const all = fullMask(cpus);
          let result = 0;
          if (hard) result = out(hardAddress, hardBits.get(view), vcpu.hardAffinity ?? all);
          if (soft) result = out(softAddress, softBits.get(view), vcpu.softAffinity ?? all) || result;
          return result;
        }
        const online = maskOf(cpus, domain.pool?.cpus ?? []);
        const before = vcpu.hardAffinity;
        let result = 0;
        if ((flags & FORCE) !== 0) vcpu.pinned = undefined;
        if (hard) {
          const mask = bitmapFromGuest(call, hardAddress, hardBits.get(view), cpus);
          if (mask === undefined) return -errno.EFAULT;
          const effective = intersection(mask, online);
          if (isEmpty(effective)) return -errno.EINVAL;
          if (vcpu.pinned !== undefined) return -errno.EBUSY;
          vcpu.hardAffinity = mask;
          if (!old) result = out(hardAddress, hardBits.get(view), effective);
        }
        if (soft) {
          const mask = bitmapFromGuest(call, softAddress, softBits.get(view), cpus);
          if (mask === undefined || vcpu.pinned !== undefined) {
            vcpu.hardAffinity = before;
            return mask === undefined ? -errno.EFAULT : -errno.EBUSY;
          }
          vcpu.softAffinity = mask;
          const allowed = intersection(vcpu.hardAffinity ?? fullMask(cpus), online);
          result = out(softAddress, softBits.get(view), intersection(mask, allowed)) || result;
        }
        vcpu.chooseProcessor(domain.pool?.cpus ?? []);
        return result;
      };
    },
  });
}

const setvcpuaffinity = vcpuAffinity('setvcpuaffinity');
const getvcpuaffinity = vcpuAffinity('getvcpuaffinity');

const setnodeaffinity = operation({
  family: domctlFamily,
  name: 'setnodeaffinity',
  status: supported,
  argument: 'nodeaffinity',
  bind({ field }) {
    const bitmap = field('nodemap.bitmap');
    const bits = field('nodemap.nr_bits');
    return ({ domain, view, call }) => {
      const mask = bitmapFromGuest(call, bitmap.get(view), bits.get(view), NODES);
      if (mask === undefined) return -errno.EFAULT;
      if (isEmpty(intersection(mask, ONLINE_NODES))) return -errno.EINVAL;
      domain.nodeAffinity = mask.every((byte) => byte === 0xff) ? undefined : mask;
      return 0;
    };
  },
});

const getnodeaffinity = operation({
  family: domctlFamily,
  name: 'getnodeaffinity',
  status: supported,
  argument: 'nodeaffinity',
  bind({ field }) {
    const bitmap = field('nodemap.bitmap');
    const bits = field('nodemap.nr_bits');
    return ({ domain, view, call }) =>
      bitmapToGuest(call, bitmap.get(view), bits.get(view), domain.nodeAffinity ?? ONLINE_NODES);
  },
});

export const affinityOperations = [setvcpuaffinity, getvcpuaffinity, setnodeaffinity, getnodeaffinity];
