import type { Call } from '../../../xen/call/call.ts';
import type { GuestKind } from './guest-kind.ts';

/** Which of Xen's tables a call goes through. */
export function callerKind({ domain, wordSize, hypervisor }: Call): GuestKind {
  if (domain.type === 'pv') return wordSize === 64 ? 'pv64' : 'pv32';
  const { major, minor } = hypervisor.abi;
  if (domain.type === 'pvh' && major === 4 && minor >= 4 && minor <= 6) return 'pvh64';
  return wordSize === 64 ? 'hvm64' : 'hvm32';
}
