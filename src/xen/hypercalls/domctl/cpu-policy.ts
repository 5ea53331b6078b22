import { behaves } from '../../abi/behaviour.ts';
import { partial, supported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { errno } from '../../errno.ts';
import {
  CPUID_LEAF_BYTES,
  getCpuPolicy,
  MAX_SERIALISED_LEAVES,
  MAX_SERIALISED_MSRS,
  MSR_ENTRY_BYTES,
  serialiseLeaves,
  serialiseMsrs,
} from '../../machine/cpu-policy.ts';
import type { Machine } from '../../machine/machine.ts';
import { CpuidLeaves } from '../../machine/recalculate-leaves.ts';
import { bufferField, copySerialised } from '../sysctl/cpuid.ts';
import { checkAgainst, checkLeaves, checkMsrs, type PolicyBytes, type PolicyFault } from './check-cpu-policy.ts';
import { domctlFamily } from './family.ts';

/** Indices of the maximum policies and of the default policies of domains. */
const PV_MAX = 2;
const HVM_MAX = 3;
const PV_DEFAULT = 4;
const HVM_DEFAULT = 5;
/** The value of `err_leaf`, `err_subleaf` and `err_msr` if there was no error. */
const NO_ERROR = 0xffffffff;

const parts = [
  ['leaves', MAX_SERIALISED_LEAVES, CPUID_LEAF_BYTES],
  ['msrs', MAX_SERIALISED_MSRS, MSR_ENTRY_BYTES],
] as const;

/** XEN_DOMCTL_get_cpu_policy: the leaves and MSRs that a domain sees. */
const get_cpu_policy = operation({
  family: domctlFamily,
  name: 'get_cpu_policy',
  status: supported,
  argument: 'cpu_policy',
  copies: 'both',
  bind(layout) {
    const { field } = layout;
    const fields = parts.map(([name, most, size]) => ({
      name,
      most,
      size,
      count: field(`nr_${name}`),
      buffer: bufferField(layout, name),
    }));
    return (request) => {
      const { domain, view, call, hypervisor } = request;
      const bytes = domain.cpuPolicy ?? domainPolicy(hypervisor.machine, domain.isHvm);
      for (const { name, most, size, count, buffer } of fields) {
        const copied = copySerialised(call, buffer.get(view), count.get(view), most, bytes[name], size);
        if (copied < 0) return copied;
        count.set(view, copied);
      }
      return 0;
    };
  },
});

/** XEN_DOMCTL_set_cpu_policy, which is refused once the domain has run. The struct is copied back with the leaf or MSR that was wrong. */
const set_cpu_policy = operation({
  family: domctlFamily,
  name: 'set_cpu_policy',
  status: partial('not checked against an Intel machine'),
  argument: 'cpu_policy',
  bind(layout) {
    const { field, optional } = layout;
    const fields = parts.map(([name, most, size]) => ({
      name,
      most,
      size,
      count: field(`nr_${name}`),
      buffer: bufferField(layout, name),
    }));
    const errors = ['err_leaf', 'err_subleaf', 'err_msr'].map((name) => optional(name) ?? field(`${name}_id`));
    return (request) => {
      const { domain, view, call, hypervisor } = request;
      if (request.self) return -errno.EINVAL;
      if (domain.creationFinished) return -errno.EEXIST;
      const fail = ({ result, leaf, subleaf, msr }: PolicyFault): number => {
        request.copyBack = true;
        for (const [index, value] of [leaf, subleaf, msr].entries()) errors[index]?.set(view, value ?? NO_ERROR);
        return result;
      };
      // All leaves are checked before the first MSR.
      const read = { leaves: new Uint8Array(0), msrs: new Uint8Array(0) };
      for (const { name, most, size, count, buffer } of fields) {
        const entries = count.get(view);
        if (entries > most) return fail({ result: -errno.E2BIG });
        const bytes = new Uint8Array(entries * size);
        if (entries > 0 && !call.copyFromGuest(buffer.get(view), bytes)) return fail({ result: -errno.EFAULT });
        read[name] = bytes;
        const misplaced = name === 'leaves' ? checkLeaves(bytes) : checkMsrs(bytes);
        if (misplaced !== undefined) return fail(misplaced);
      }
      const { leaves, msrs } = domain.cpuPolicy ?? domainPolicy(hypervisor.machine, domain.isHvm);
      const changed = new CpuidLeaves(leaves);
      changed.add(read.leaves);
      changed.clearOutOfRange();
      // There are no recordings of an Intel machine: its leaves are kept as given.
      const known = changed.vendor !== 'intel';
      const most = getCpuPolicy(hypervisor.machine, domain.isHvm ? HVM_MAX : PV_MAX);
      const all = most && new CpuidLeaves(serialiseLeaves(most));
      const policy = {
        leaves: known ? changed.serialise() : mergeLeaves(leaves, read.leaves),
        msrs: mergeMsrs(msrs, read.msrs),
      };
      const excess = most && checkAgainst({ leaves: serialiseLeaves(most), msrs: serialiseMsrs(most) }, policy);
      if (excess !== undefined) return fail(excess);
      if (all !== undefined && known) {
        changed.recalculate(all, behaves(hypervisor.abi, 'firstPolicies'));
        policy.leaves = changed.serialise();
      }
      domain.cpuPolicy = policy;
      return 0;
    };
  },
});

/** The policy that a domain starts with: the default of its type, recalculated for it. */
function domainPolicy(machine: Machine, hvm: boolean): PolicyBytes {
  const first = machine.release !== undefined && behaves(machine.release, 'firstPolicies');
  const policy = getCpuPolicy(machine, hvm ? HVM_DEFAULT : PV_DEFAULT) ?? { name: 'none', leaves: [], msrs: [] };
  const [leaves, msrs] = [serialiseLeaves(policy), serialiseMsrs(policy)];
  const most = getCpuPolicy(machine, hvm ? HVM_MAX : PV_MAX);
  const own = new CpuidLeaves(leaves);
  if (most === undefined || own.vendor === 'intel') return { leaves, msrs };
  own.recalculate(new CpuidLeaves(serialiseLeaves(most)), first);
  return { leaves: own.serialise(), msrs };
}

const mergeLeaves = (base: Uint8Array, added: Uint8Array) => merge(base, added, CPUID_LEAF_BYTES, 8);
const mergeMsrs = (base: Uint8Array, added: Uint8Array) => merge(base, added, MSR_ENTRY_BYTES, 4);

/** Merges entries of `size` bytes that start with a key of `keyBytes`: those of `added` replace those of `base` with the same key. */
function merge(base: Uint8Array, added: Uint8Array, size: number, keyBytes: number): Uint8Array {
  const result = base.slice();
  const key = (bytes: Uint8Array, at: number) => bytes.subarray(at, at + keyBytes).join();
  const places = new Map<string, number>();
  for (let at = 0; at < base.length; at += size) places.set(key(base, at), at);
  // A leaf that the policy lacks is dropped, as Xen drops what is out of range.
  for (let at = 0; at < added.length; at += size) {
    const place = places.get(key(added, at));
    if (place !== undefined) result.set(added.subarray(at, at + size), place);
  }
  return result;
}

export const cpuPolicyOperations = [get_cpu_policy, set_cpu_policy];
