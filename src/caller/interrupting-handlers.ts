import { readProc } from '../linux/read-proc.ts';
import type { CallInCaller } from './injected-call.ts';

const SA_RESTART = 0x1000_0000;
/** The kernel's struct sigaction: handler, flags, restorer, mask; of 8 bytes each. */
const ACTION_BYTES = 32;
const FLAGS = 8;
const MASK_BYTES = 8;

/** Signals that instructions raise: none arrives during a system call. */
const RAISED = [4, 5, 7, 8, 11, 31];

/**
 * Whether a stopped process has signal handlers without SA_RESTART: they interrupt a call that waits at a seccomp listener until Fauxen has
 * received it, and the call fails with EINTR. privcmd's calls never do on Linux.
 */
export function hasInterruptingHandlers(call: CallInCaller, tid: number): boolean {
  const [, caught = '0'] = /^SigCgt:\s+(\S+)/m.exec(readProc(`/proc/${tid}/status`) ?? '') ?? [];
  const set = BigInt(`0x${caught}`);
  for (let signal = 1; signal <= 64; signal++) {
    if (((set >> BigInt(signal - 1)) & 1n) === 0n || RAISED.includes(signal)) continue;
    if ((flagsOf(call, signal) & SA_RESTART) === 0) return true;
  }
  return false;
}

function flagsOf(call: CallInCaller, signal: number): number {
  let flags = 0;
  const action = {
    length: ACTION_BYTES,
    at: () => new Uint8Array(ACTION_BYTES),
    after: (bytes: Uint8Array) => {
      flags = new DataView(bytes.buffer).getUint32(FLAGS, true);
    },
  };
  call('rt_sigaction', signal, 0, action, MASK_BYTES);
  return flags;
}
