// seccomp user notification: a filter passes chosen system calls of a process and all its descendants to the process that holds the
// listener. Sources: seccomp(2), seccomp_unotify(2), linux/seccomp.h.

import { readlinkSync } from 'node:fs';
import { AUDIT_ARCH, SYS } from './arch/x86-64/system-calls.ts';
import { errno } from './errno.ts';
import { addressOf, libc, result } from './libc.ts';
import { assemble, BPF, DATA, ENDS } from './notified-calls/filter-program.ts';
import { examine } from './process/examine.ts';

export const PR_SET_NO_NEW_PRIVS = 38;
const SECCOMP_SET_MODE_FILTER = 1;
const FILTER_FLAG_TSYNC = 1 << 0;
const FILTER_FLAG_NEW_LISTENER = 1 << 3;
/** Linux 5.7: TSYNC beside NEW_LISTENER, whose result is a descriptor, fails with ESRCH. */
const FILTER_FLAG_TSYNC_ESRCH = 1 << 4;
/** Linux 5.19: once received, a call is interrupted only by fatal signals. Otherwise it might be restarted, and so made twice. */
const FILTER_FLAG_WAIT_KILLABLE_RECV = 1 << 5;
const NEW_LISTENER = FILTER_FLAG_NEW_LISTENER | FILTER_FLAG_WAIT_KILLABLE_RECV;

const IOCTL_NOTIF_RECV = 0xc0502100;
const IOCTL_NOTIF_SEND = 0xc0182101;
const IOCTL_NOTIF_ID_VALID = 0x40082102;
const IOCTL_NOTIF_ADDFD = 0x40182103;
const IOCTL_NOTIF_SET_FLAGS = 0x40082104;
/** Linux 6.6: the two sides take turns, so the woken thread runs at once on the waker's CPU. */
const SYNC_WAKE_UP = 1;
const RESPONSE_FLAG_CONTINUE = 1;
const O_CLOEXEC = 0o2000000;
/** As a signed number, which V8 compares without a heap object. */
const ARCH = AUDIT_ARCH | 0;

const libcIoctl: (fd: number, request: number, argument: number) => number = libc.func(
  'int ioctl(int fd, unsigned long request, int64_t argument)',
);

/**
 * A listener's ioctl that must not be lost: a signal that arrives while it waits for the filter's lock, or for the caller to take a
 * descriptor, ends it with EINTR, and then nothing was done.
 */
export function uninterrupted(fd: number, request: number, argument: number): number {
  for (;;) {
    const returned = result(libcIoctl(fd, request, argument));
    if (returned !== -errno.EINTR) return returned;
  }
}

/**
 * A filter program for calls made by 64-bit code: it notifies the listener of ioctl(2) with one of these commands, and of a seccomp(2) that
 * asks for another listener, which Linux refuses. It allows everything else, and the request of another Fauxen, which has a further flag.
 */
export function ioctlFilter(commands: readonly number[]): Uint8Array {
  return assemble([
    { code: BPF.load, operand: DATA.arch },
    { code: BPF.jumpIfEqual, operand: AUDIT_ARCH, ifFalse: 'allow' },
    { code: BPF.load, operand: DATA.nr },
    { code: BPF.jumpIfEqual, operand: SYS.ioctl, ifTrue: 'ioctl' },
    { code: BPF.jumpIfEqual, operand: SYS.seccomp, ifFalse: 'allow' },
    { code: BPF.load, operand: DATA.secondArgument },
    { code: BPF.and, operand: NEW_LISTENER },
    { code: BPF.jumpIfEqual, operand: FILTER_FLAG_NEW_LISTENER, ifTrue: 'notify', ifFalse: 'allow' },
    { label: 'ioctl', code: BPF.load, operand: DATA.secondArgument },
    ...commands.map((operand) => ({ code: BPF.jumpIfEqual, operand, ifTrue: 'notify' })),
    ...ENDS,
  ]);
}

/** Arguments of seccomp(2). `program` is struct sock_fprog. */
export interface ListenerArguments {
  readonly operation: number;
  readonly flags: number;
  readonly program: BigUint64Array;
}

/**
 * The arguments of the system call that installs a filter for a thread and its descendants; the filter must stay alive until the call is
 * made. The call returns the listener (close-on-exec) or -errno. EBUSY: there is a listener already; EACCES: neither CAP_SYS_ADMIN nor
 * no_new_privs; EINVAL: before Linux 5.19; ENOSYS: no seccomp.
 */
export function listenerArguments(filter: Uint8Array): ListenerArguments {
  const program = BigUint64Array.of(BigInt(filter.length / 8), BigInt(addressOf(filter)));
  return { operation: SECCOMP_SET_MODE_FILTER, flags: NEW_LISTENER, program };
}

/** The same for a call that another process makes, for all its threads. */
export const INSTALL_FOR_PROCESS = {
  operation: SECCOMP_SET_MODE_FILTER,
  flags: NEW_LISTENER | FILTER_FLAG_TSYNC | FILTER_FLAG_TSYNC_ESRCH,
} as const;

/** struct sock_fprog, and behind it the filter that it points to, to be put at an address of that process. */
export function filterAt(filter: Uint8Array): { length: number; at(address: number): Uint8Array } {
  const length = 16 + filter.length;
  const at = (address: number) => {
    const bytes = new Uint8Array(length);
    const view = new DataView(bytes.buffer);
    view.setUint16(0, filter.length / 8, true);
    view.setBigUint64(8, BigInt(address + 16), true);
    bytes.set(filter, 16);
    return bytes;
  };
  return { length, at };
}

/** Whether a descriptor of this process is a listener: the number may have been closed and reused. */
export function isListener(fd: number): boolean {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`) === 'anon_inode:seccomp notify';
  } catch {
    return false; // it is closed
  }
}

/**
 * struct seccomp_notif and seccomp_notif_resp. Addresses are constants because reading one from a field allocates a heap object per call.
 */
const words = new Uint32Array(20);
const notificationAddress = addressOf(words);
const response = new Int32Array(6);
const wide = new BigInt64Array(response.buffer);
const responseAddress = addressOf(response);
/** struct seccomp_notif_addfd: id, flags, source, target, its flags. */
const addition = Uint32Array.of(0, 0, 0, 0, 0, O_CLOEXEC);
const additionAddress = addressOf(addition);

/** One listener. All listeners of a thread share the buffer of the received call: answer it before receiving the next. */
export class Listener {
  readonly fd: number;
  /** The last pointer, and its halves. Undefined at first, so that V8 stores a reference to the number object and does not copy it. */
  #argument: number | undefined;
  #low = 0;
  #high = 0;

  constructor(fd: number) {
    this.fd = fd;
  }

  /** 0, or -EINVAL before Linux 6.6, where waking the other side costs as much as with FUSE. */
  setSyncWakeUp(): number {
    return result(libcIoctl(this.fd, IOCTL_NOTIF_SET_FLAGS, SYNC_WAKE_UP));
  }

  /**
   * Waits for a call; 0 or -errno: EINTR after a signal; ENOENT if the caller was killed, or no filtered process is left (poll then reports
   * POLLHUP).
   */
  receive(): number {
    words.fill(0); // the kernel requires it
    return result(libcIoctl(this.fd, IOCTL_NOTIF_RECV, notificationAddress));
  }

  /** The calling thread, in this process's pid namespace; 0 if it is not visible here. */
  get tid(): number {
    return words[2]!;
  }

  /** Whether it is an ioctl of 64-bit code. A process may have made its listener's filter notify of other calls too. */
  get isIoctl(): boolean {
    return words[4] === SYS.ioctl && (words[5]! | 0) === ARCH;
  }

  /** Whether the thread asks for a listener of its own. */
  get asksForListener(): boolean {
    return words[4] === SYS.seccomp && (words[5]! | 0) === ARCH;
  }

  /** The descriptor that ioctl was called with. */
  get descriptor(): number {
    return words[8]! | 0;
  }

  /** The command that ioctl was called with. */
  get command(): number {
    return words[10]!;
  }

  /**
   * The pointer that ioctl was called with: exact up to 2^53, which covers all of user space. V8 allocates a heap object for each number of
   * that size, and callers pass the same few pointers repeatedly, so the last one is cached.
   */
  get argument(): number {
    const low = words[12]! | 0;
    const high = words[13]! | 0;
    if (this.#argument === undefined || low !== this.#low || high !== this.#high) {
      this.#low = low;
      this.#high = high;
      this.#argument = words[13]! * 2 ** 32 + words[12]!;
    }
    return this.#argument;
  }

  /**
   * Whether the calling thread still waits in the received call. If it does, it has waited all the time, and its id and memory have
   * belonged to it: it has not ended, and no other thread has taken its id by execve.
   */
  stillWaits(): boolean {
    return uninterrupted(this.fd, IOCTL_NOTIF_ID_VALID, notificationAddress) === 0; // the id comes first in struct seccomp_notif
  }

  /** Gives the caller a descriptor (close-on-exec) of the same open file; returns its number there, or -errno. */
  lend(descriptor: number): number {
    addition[0] = words[0]!;
    addition[1] = words[1]!;
    addition[3] = descriptor;
    return examine(() => uninterrupted(this.fd, IOCTL_NOTIF_ADDFD, additionAddress)); // waits until the caller runs and takes it
  }

  /** Answers the received call with a 64-bit result; -errno is an error. Returns 0, or -ENOENT if the caller is gone. */
  answer(value: number | bigint): number {
    if (typeof value === 'number') {
      response[2] = value;
      response[3] = Math.floor(value / 2 ** 32);
    } else {
      wide[1] = value;
    }
    response[4] = response[5] = 0;
    return this.#send();
  }

  /** Lets the kernel execute the received call as if there were no filter. Its arguments may have changed meanwhile. */
  letPass(): number {
    response[2] = response[3] = response[4] = 0;
    response[5] = RESPONSE_FLAG_CONTINUE;
    return this.#send();
  }

  #send(): number {
    response[0] = words[0]!;
    response[1] = words[1]!;
    return uninterrupted(this.fd, IOCTL_NOTIF_SEND, responseAddress);
  }
}
