import { behaves } from '../../abi/behaviour.ts';
import type { Field } from '../../abi/layout.ts';
import type { Call } from '../../call/call.ts';
import { supported } from '../../call/hypercall.ts';
import { type Layout, operation } from '../../call/operation.ts';
import { errno } from '../../errno.ts';
import {
  CPUID_LEAF_BYTES,
  FEATURESET_WORDS,
  getCpuPolicy,
  getFeatureset,
  MAX_SERIALISED_LEAVES,
  MAX_SERIALISED_MSRS,
  MSR_ENTRY_BYTES,
  serialiseLeaves,
  serialiseMsrs,
} from '../../machine/cpu-policy.ts';
import { writeWords } from '../copy.ts';
import { sysctlFamily } from './family.ts';

/**
 * XEN_SYSCTL_CPU_LEVELCAP_*: masks of leaf 1, of 0x80000001 and of 7's, for which AMD has MSRs (sysctl.get_cpu_levelling_caps). Not every
 * Intel has.
 */
const LEVELLING_CAPS = { amd: 0x19e, intel: 0 };

/** XEN_SYSCTL_get_cpu_levelling_caps. */
const getCpuLevellingCaps = operation({
  family: sysctlFamily,
  name: 'get_cpu_levelling_caps',
  status: supported,
  argument: 'cpu_levelling_caps',
  bind({ field }) {
    const caps = field('caps');
    return (request) => request.fieldToGuest(caps, LEVELLING_CAPS[request.hypervisor.machine.vendor]);
  },
});

/** XEN_SYSCTL_get_cpu_featureset: copies as many words as fit; ENOBUFS if there are more. A NULL buffer asks for their number. */
const getCpuFeatureset = operation({
  family: sysctlFamily,
  name: 'get_cpu_featureset',
  status: supported,
  argument: 'cpu_featureset',
  bind({ field, abi }) {
    const [count, features, index] = [field('nr_features'), field('features'), field('index')];
    const known = abi.subOperations('XEN_SYSCTL')['cpu_featureset_pv_max'] === undefined ? 4 : 6;
    const most = behaves(abi, 'eighteenFeatureWords') ? 18 : FEATURESET_WORDS;
    return (request) => {
      const { call, hypervisor, view } = request;
      const buffer = features.get(view);
      if (buffer === 0) return request.fieldToGuest(count, most);
      const words = Math.min(count.get(view), most);
      const asked = index.get(view);
      const set = asked < known ? getFeatureset(hypervisor.machine, asked) : undefined;
      if (set === undefined) return -errno.EINVAL;
      if (!writeWords(call, buffer, set.slice(0, words))) return -errno.EFAULT;
      return request.fieldToGuest(count, words) || (words < most ? -errno.ENOBUFS : 0);
    };
  },
});

/** XEN_SYSCTL_get_cpu_policy: CPUID leaves and MSRs; a NULL buffer asks for the most there can be. */
const getCpuPolicyOp = operation({
  family: sysctlFamily,
  name: 'get_cpu_policy',
  status: supported,
  argument: 'cpu_policy',
  bind(layout) {
    const { field } = layout;
    const [index, reserved] = [field('index'), field('_rsvd')];
    const leaves = { count: field('nr_leaves'), buffer: bufferField(layout, 'leaves') };
    const msrs = { count: field('nr_msrs'), buffer: bufferField(layout, 'msrs') };
    return (request) => {
      const { call, hypervisor, view } = request;
      const policy = getCpuPolicy(hypervisor.machine, index.get(view));
      if (policy === undefined || reserved.get(view) !== 0) return -errno.EINVAL;
      for (const [{ count, buffer }, most, bytes, size] of [
        [leaves, MAX_SERIALISED_LEAVES, serialiseLeaves(policy), CPUID_LEAF_BYTES],
        [msrs, MAX_SERIALISED_MSRS, serialiseMsrs(policy), MSR_ENTRY_BYTES],
      ] as const) {
        const copied = copySerialised(call, buffer.get(view), count.get(view), most, bytes, size);
        if (copied < 0) return copied;
        if (request.fieldToGuest(count, copied) !== 0) return -errno.EFAULT;
      }
      return 0;
    };
  },
});

/** The field of a cpu_policy's buffer, which has another name in 4.12 and 4.13. */
export function bufferField({ field, optional }: Layout, name: 'leaves' | 'msrs'): Field {
  return optional(name) ?? field(name === 'leaves' ? 'cpuid_policy' : 'msr_policy');
}

/** The number of entries, -ENOBUFS if they do not all fit, or -EFAULT. As many as fit are written. */
export function copySerialised(
  call: Call,
  buffer: number,
  room: number,
  most: number,
  bytes: Uint8Array,
  size: number,
): number {
  if (buffer === 0) return most;
  const fitting = Math.min(bytes.length, room * size);
  if (!call.copyToGuest(buffer, bytes, fitting)) return -errno.EFAULT;
  return fitting < bytes.length ? -errno.ENOBUFS : bytes.length / size;
}

export const cpuPolicyOperations = [getCpuLevellingCaps, getCpuFeatureset, getCpuPolicyOp];
