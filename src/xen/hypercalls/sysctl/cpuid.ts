import type { Struct } from '../../abi/layout.ts';
import type { Call } from '../../call/call.ts';
import { supported } from '../../call/hypercall.ts';
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
import type { SysctlOperation } from './sysctl.ts';

/** XEN_SYSCTL_CPU_LEVELCAP_*: masks of ecx, edx, extd_ecx and extd_edx, as AMD's K8 has the MSRs for them. Not every Intel has. */
const LEVELLING_CAPS = { amd: 0x1e, intel: 0 };

/** XEN_SYSCTL_get_cpu_levelling_caps. */
export const getCpuLevellingCaps: SysctlOperation = {
  name: 'get_cpu_levelling_caps',
  status: supported,
  perform(call, _view, struct, address) {
    const caps = LEVELLING_CAPS[call.hypervisor.machine.vendor];
    return call.fieldToGuest(address, struct.field('u.cpu_levelling_caps.caps'), caps) ? 0 : -errno.EFAULT;
  },
};

/** XEN_SYSCTL_get_cpu_featureset: as many words as fit, ENOBUFS if there are more; a NULL buffer asks how many. */
export const getCpuFeatureset: SysctlOperation = {
  name: 'get_cpu_featureset',
  status: supported,
  perform(call, view, struct, address) {
    const count = struct.field('u.cpu_featureset.nr_features');
    const buffer = struct.field('u.cpu_featureset.features').get(view);
    if (buffer === 0) return call.fieldToGuest(address, count, FEATURESET_WORDS) ? 0 : -errno.EFAULT;
    const words = Math.min(count.get(view), FEATURESET_WORDS);
    const known = call.hypervisor.abi.subOperations('XEN_SYSCTL')['cpu_featureset_pv_max'] === undefined ? 4 : 6;
    const index = struct.field('u.cpu_featureset.index').get(view);
    const set = index < known ? getFeatureset(call.hypervisor.machine, index) : undefined;
    if (set === undefined) return -errno.EINVAL;
    if (!writeWords(call, buffer, set.slice(0, words))) return -errno.EFAULT;
    if (!call.fieldToGuest(address, count, words)) return -errno.EFAULT;
    return words < FEATURESET_WORDS ? -errno.ENOBUFS : 0;
  },
};

/** XEN_SYSCTL_get_cpu_policy: CPUID leaves and MSRs; a NULL buffer asks for the most there can be. */
export const getCpuPolicyOp: SysctlOperation = {
  name: 'get_cpu_policy',
  status: supported,
  perform(call, view, struct, address) {
    const field = (name: string) => struct.field(`u.cpu_policy.${name}`);
    const policy = getCpuPolicy(call.hypervisor.machine, field('index').get(view));
    if (policy === undefined || field('_rsvd').get(view) !== 0) return -errno.EINVAL;
    for (const [name, most, bytes, size] of [
      ['leaves', MAX_SERIALISED_LEAVES, serialiseLeaves(policy), CPUID_LEAF_BYTES],
      ['msrs', MAX_SERIALISED_MSRS, serialiseMsrs(policy), MSR_ENTRY_BYTES],
    ] as const) {
      const count = field(`nr_${name}`);
      const copied = copySerialised(
        call,
        field(bufferName(struct, name)).get(view),
        count.get(view),
        most,
        bytes,
        size,
      );
      if (copied < 0) return copied;
      if (!call.fieldToGuest(address, count, copied)) return -errno.EFAULT;
    }
    return 0;
  },
};

/** The field of a cpu_policy's buffer: 4.12 and 4.13 called it otherwise. */
export function bufferName(struct: Struct, name: 'leaves' | 'msrs'): string {
  if (struct.has(`u.cpu_policy.${name}`)) return name;
  return name === 'leaves' ? 'cpuid_policy' : 'msr_policy';
}

/** The number of entries, or -ENOBUFS where they do not fit, or -EFAULT. What fits is written before. */
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
