// CAP_SYS_PTRACE of the calling thread: by it a thread may touch processes of other users and more powerful ones of its own. Laid
// down, it is kept back (permitted, not effective), and the kernel then lets process_vm_readv and process_vm_writev reach only
// processes of this thread's own user and group that have no capability beyond its own (capabilities(7), ptrace(2)).

import { SYS } from '../arch/x86-64/system-calls.ts';
import { addressOf, systemCall } from '../libc.ts';

const VERSION_3 = 0x20080522;
const CAP_SYS_PTRACE = 1 << 19;

/** struct __user_cap_header_struct: version, and 0 for this thread. */
const header = new Uint32Array(2);
/** Two of struct __user_cap_data_struct: effective, permitted, inheritable; capabilities 0 to 31, then the others. */
const data = new Uint32Array(6);
const headerAddress = addressOf(header);
const dataAddress = addressOf(data);

let isDown = false;
/** The thread does not have it, and never gets it. */
let isMissing = false;

/** Drops the effective capability. Only a comparison if it is dropped already; does nothing if the thread does not have it. */
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

/** Whether the thread has it at all. Never fails otherwise: a thread may give up what it has, and have what it is permitted. */
function set(on: boolean): boolean {
  header[0] = VERSION_3; // here, where it keeps the array alive: what only its address is known of is collected
  if (systemCall(SYS.capget, headerAddress, dataAddress) < 0) return false; // a kernel without capabilities
  const permitted = data[1]! & CAP_SYS_PTRACE;
  data[0] = on ? data[0]! | permitted : data[0]! & ~CAP_SYS_PTRACE;
  return permitted !== 0 && systemCall(SYS.capset, headerAddress, dataAddress) === 0;
}
