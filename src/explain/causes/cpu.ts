import { say } from '../../language/say.ts';
import { type ErrnoName, errno } from '../../xen/errno.ts';
import type { Answer, FailedCall } from '../failure.ts';
import { nameOf, subOperation } from './sub-operation.ts';

/** Features that Xen supports only on Intel CPUs, by hypercall and sub-operation: the errno on other CPUs, and the purpose. */
const needs: Readonly<Record<string, readonly [ErrnoName, () => string]>> = {
  'memory_op access_op': ['EINVAL', () => say('the access rights of guest pages are kept in EPT')],
  'domctl createdomain': ['EINVAL', () => say("vmtrace_size asks for buffers of Intel's Processor Trace")],
  'domctl debug_op': ['EOPNOTSUPP', () => say("single-stepping uses VMX's monitor trap flag")],
  'hvm_op altp2m': ['EOPNOTSUPP', () => say("altp2m switches between EPTs, if Xen's command line has altp2m=1")],
};

/** The simulated CPUs lack the feature; a scenario may define other CPUs. */
export function otherCpu({ row, args, memory, result, hypervisor }: FailedCall): Answer | undefined {
  if (row === undefined || hypervisor.machine.vendor === 'intel') return undefined;
  const sub = subOperation(row, args, memory);
  const name = nameOf(row, sub);
  const need = needs[name];
  if (need === undefined || Number(result) !== -errno[need[0]]) return undefined;
  if (sub?.name === 'createdomain' && !asksForTrace(hypervisor, args[0] ?? 0n, memory)) return undefined;
  return {
    cause: 'other-cpu',
    xen: say('it supports this only on Intel CPUs.'),
    why: say("{reason}, and the simulated CPUs are AMD's", { reason: need[1]() }),
    change: say('use Intel CPUs, in a scenario: machine: { cpu: intel }'),
  };
}

function asksForTrace({ abi }: FailedCall['hypervisor'], address: bigint, memory: FailedCall['memory']): boolean {
  const struct = abi.struct('xen_domctl');
  const bytes = new Uint8Array(struct.size);
  if (!struct.has('u.createdomain.vmtrace_size')) return false;
  if (memory.read(Number(address), bytes, 0, bytes.length) < bytes.length) return false;
  return struct.field('u.createdomain.vmtrace_size').get(new DataView(bytes.buffer)) !== 0;
}
