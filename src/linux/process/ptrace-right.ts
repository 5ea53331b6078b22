// CAP_SYS_PTRACE of the calling thread. It gives access to processes of other users, and to processes of the same user with more
// capabilities. While it is dropped it stays permitted but is not effective: process_vm_readv and process_vm_writev then reach only
// processes of this thread's user and group that have no capability beyond its own (capabilities(7), ptrace(2)).

import { SYS } from '../arch/x86-64/system-calls.ts';
import { addressOf, systemCall } from '../libc.ts';

const VERSION_3 = 0x20080522;
const CAP_SYS_PTRACE = 1 << 19;

/** struct __user_cap_header_struct: version, and 0 for this thread. */
const header = new Uint32Array(2);
/**
 * Two of struct __user_cap_data_struct: effective, permitted, inheritable; capabilities 0 to 31, then the others. Read once per thread:
 * nothing else changes a thread's capabilities.
 */
const data = new Uint32Array(6);
const headerAddress = addressOf(header);
const dataAddress = addressOf(data);

let isDown = false;
/**
 * The thread does not have the capability, and cannot get it. Like `isDown`, this is the state of the thread itself, which the kernel
 * keeps: an object that is passed to a dozen callers could only disagree with it.
 */
let isMissing = false;

/** Drops the effective capability. If it is dropped already, this costs one comparison; if the thread does not have it, nothing happens. */
export function layDownPtraceRight(): void {
  if (isDown || isMissing) return;
  isDown = set(false);
  isMissing = !isDown;
}

export function takeUpPtraceRight(): void {
  if (!isDown) return;
  set(true);
  isDown = false;
}

/** Runs a function with the capability, raising it for that time if it is dropped. */
export function withPtraceRight<T>(work: () => T): T {
  if (!isDown) return work();
  takeUpPtraceRight();
  try {
    return work();
  } finally {
    layDownPtraceRight();
  }
}

/**
 * Makes the capability effective or not; returns false if the thread does not have it. It cannot fail otherwise: a thread may drop any
 * capability, and may raise any that it is permitted.
 */
function set(on: boolean): boolean {
  const isFirst = header[0] === 0;
  header[0] = VERSION_3; // set here, because a use of the array keeps it from being garbage-collected
  if (isFirst && systemCall(SYS.capget, headerAddress, dataAddress) < 0) return false; // the kernel has no capabilities
  const permitted = data[1]! & CAP_SYS_PTRACE;
  data[0] = on ? data[0]! | permitted : data[0]! & ~CAP_SYS_PTRACE;
  return permitted !== 0 && systemCall(SYS.capset, headerAddress, dataAddress) === 0;
}
