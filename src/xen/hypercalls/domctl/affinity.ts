import { behaves } from '../../abi/behaviour.ts';
import { fullMask, intersection, isEmpty, maskOf } from '../../bit-mask.ts';
import { bitmapFromGuest, bitmapToGuest } from '../../call/bitmap.ts';
import { supported } from '../../call/hypercall.ts';
import { type Layout, operation } from '../../call/operation.ts';
import { errno } from '../../errno.ts';
import { type DomctlRequest, domctlFamily } from './family.ts';

/** XEN_VCPUAFFINITY_*. */
const HARD = 1;
const SOFT = 2;
const FORCE = 4;

/** MAX_NUMNODES. */
const NODES = 64;
/** The nodes of the machine: one. */
const ONLINE_NODES = maskOf(NODES, [0]);

/** The fields of a release. Before 4.5 there was only one kind of affinity, and no field to select it. */
function reader({ abi, field, optional }: Layout) {
  const id = field('vcpu');
  const flagsField = optional('flags');
  const old = flagsField === undefined;
  const map = (kind: 'hard' | 'soft') => {
    const name = old ? 'cpumap' : `cpumap_${kind}`;
    const bits = field(`${name}.${optional(`${name}.nr_bits`) === undefined ? 'nr_cpus' : 'nr_bits'}`);
    const bitmap = field(`${name}.bitmap`);
    return (view: DataView) => ({ address: bitmap.get(view), bits: bits.get(view) });
  };
  const [hardMap, softMap] = [map('hard'), map('soft')];
  /** -errno if the caller names no virtual CPU or no map. Maps that it does not ask for are undefined. */
  const read = ({ view, domain }: Pick<DomctlRequest, 'view' | 'domain'>) => {
    const asked = id.get(view);
    if (asked >= domain.maxVcpus) return -errno.EINVAL;
    const vcpu = domain.vcpus[asked];
    if (vcpu === undefined) return -errno.ESRCH;
    const flags = flagsField?.get(view) ?? HARD;
    const hard = (flags & HARD) === 0 ? undefined : hardMap(view);
    const soft = (flags & SOFT) === 0 ? undefined : softMap(view);
    if (flags === 0 || hard?.address === 0 || soft?.address === 0) return -errno.EINVAL;
    return { vcpu, hard, soft, force: (flags & FORCE) !== 0 };
  };
  const keepsFailure = behaves(abi, 'affinityFailureKept');
  /** The result of the hard map, once the soft one is written. */
  const kept = (result: number) => (keepsFailure ? result : 0);
  return { old, read, kept };
}

const getvcpuaffinity = operation({
  family: domctlFamily,
  name: 'getvcpuaffinity',
  status: supported,
  argument: 'vcpuaffinity',
  bind(layout) {
    const { read, kept } = reader(layout);
    return (request) => {
      const wanted = read(request);
      if (typeof wanted === 'number') return wanted;
      const { vcpu, hard, soft } = wanted;
      const { call, hypervisor } = request;
      const all = fullMask(hypervisor.machine.cpus);
      let result = 0;
      if (hard) result = bitmapToGuest(call, hard.address, hard.bits, vcpu.hardAffinity ?? all);
      if (soft) result = bitmapToGuest(call, soft.address, soft.bits, vcpu.softAffinity ?? all) || kept(result);
      return result;
    };
  },
});

/** Where the caller asks for it, it gets the effective mask: what remains on CPUs of the domain's pool. */
const setvcpuaffinity = operation({
  family: domctlFamily,
  name: 'setvcpuaffinity',
  status: supported,
  argument: 'vcpuaffinity',
  bind(layout) {
    const { old, read, kept } = reader(layout);
    return (request) => {
      const wanted = read(request);
      if (typeof wanted === 'number') return wanted;
      const { vcpu, hard, soft, force } = wanted;
      const { domain, call, hypervisor } = request;
      const { cpus } = hypervisor.machine;
      const online = maskOf(cpus, domain.pool?.cpus ?? []);
      const before = vcpu.hardAffinity;
      let result = 0;
      if (force) vcpu.pinned = undefined;
      if (hard) {
        const mask = bitmapFromGuest(call, hard.address, hard.bits, cpus);
        if (mask === undefined) return -errno.EFAULT;
        const effective = intersection(mask, online);
        if (isEmpty(effective)) return -errno.EINVAL;
        if (vcpu.pinned !== undefined) return -errno.EBUSY;
        vcpu.hardAffinity = mask;
        if (!old) result = bitmapToGuest(call, hard.address, hard.bits, effective);
      }
      if (soft) {
        const mask = bitmapFromGuest(call, soft.address, soft.bits, cpus);
        if (mask === undefined || vcpu.pinned !== undefined) {
          vcpu.hardAffinity = before;
          return mask === undefined ? -errno.EFAULT : -errno.EBUSY;
        }
        vcpu.softAffinity = mask;
        const allowed = intersection(vcpu.hardAffinity ?? fullMask(cpus), online);
        result = bitmapToGuest(call, soft.address, soft.bits, intersection(mask, allowed)) || kept(result);
      }
      vcpu.chooseProcessor(domain.pool?.cpus ?? [], hypervisor.now());
      return result;
    };
  },
});

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
