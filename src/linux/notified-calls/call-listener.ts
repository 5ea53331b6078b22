// The listener's side of a seccomp filter for calls of any kind (seccomp_unotify(2)): each received call is an object that may be
// answered later, and descriptors can be handed to the caller.

import { AUDIT_ARCH } from '../arch/x86-64/system-calls.ts';
import { addressOf, libc, result } from '../libc.ts';
import { examine } from '../process/examine.ts';
import { uninterrupted } from '../seccomp.ts';

const IOCTL_NOTIF_RECV = 0xc0502100;
const IOCTL_NOTIF_SEND = 0xc0182101;
const IOCTL_NOTIF_ID_VALID = 0x40082102;
const IOCTL_NOTIF_ADDFD = 0x40182103;
const IOCTL_NOTIF_SET_FLAGS = 0x40082104;
const SYNC_WAKE_UP = 1;
const RESPONSE_FLAG_CONTINUE = 1;
/** The call is answered with the number of the descriptor. */
const ADDFD_FLAG_SEND = 2;
const O_CLOEXEC = 0o2000000;

const libcIoctl: (fd: number, request: number, argument: number) => number = libc.func(
  'int ioctl(int fd, unsigned long request, int64_t argument)',
);

/** struct seccomp_notif: id, pid, flags, then struct seccomp_data: nr, arch, instruction pointer, six arguments. */
const notification = new DataView(new ArrayBuffer(80));
const AT = { id: 0, pid: 8, nr: 16, arch: 20, arguments: 32 } as const;
const notificationAddress = addressOf(notification);
/** struct seccomp_notif_resp: id, value, error, flags. */
const response = new DataView(new ArrayBuffer(24));
const responseAddress = addressOf(response);
/** struct seccomp_notif_addfd: id, flags, source, target, its flags. */
const addition = new DataView(new ArrayBuffer(24));
const additionAddress = addressOf(addition);

/** Receives calls. The buffers are shared by all listeners of a thread. */
export class CallListener {
  readonly fd: number;

  constructor(fd: number) {
    this.fd = fd;
    libcIoctl(fd, IOCTL_NOTIF_SET_FLAGS, SYNC_WAKE_UP); // fails before Linux 6.6, which only makes it slower
  }

  /** Waits for a call; -errno: EINTR after a signal, ENOENT if the caller was killed or no filtered process is left. */
  receive(): ReceivedCall | number {
    new Uint8Array(notification.buffer).fill(0); // the kernel requires it
    const received = result(libcIoctl(this.fd, IOCTL_NOTIF_RECV, notificationAddress));
    return received < 0 ? received : new ReceivedCall(this.fd);
  }
}

/** A call whose caller waits for the answer. */
export class ReceivedCall {
  /** The calling thread, in this process's pid namespace; 0 if it is not visible here. */
  readonly tid: number;
  readonly number: number;
  /** Whether a 32-bit program made it. */
  readonly compat: boolean;
  /** Each is exact up to 2^53, which covers all of user space. */
  readonly arguments: readonly number[];
  answered = false;
  readonly #listener: number;
  readonly #id: bigint;

  /** Of the call that was just received. */
  constructor(listener: number) {
    this.#listener = listener;
    this.#id = notification.getBigUint64(AT.id, true);
    this.tid = notification.getUint32(AT.pid, true);
    this.number = notification.getInt32(AT.nr, true);
    this.compat = notification.getUint32(AT.arch, true) !== AUDIT_ARCH;
    this.arguments = [0, 1, 2, 3, 4, 5].map((index) => {
      const at = AT.arguments + 8 * index;
      return notification.getUint32(at + 4, true) * 2 ** 32 + notification.getUint32(at, true);
    });
  }

  /** An argument as a signed 32-bit number: a descriptor, or flags. */
  int(index: number): number {
    return this.arguments[index]! | 0;
  }

  /** Whether the thread still waits in this call. If so, its id and its memory have belonged to it all the time. */
  stillWaits(): boolean {
    response.setBigUint64(0, this.#id, true);
    return !this.answered && uninterrupted(this.#listener, IOCTL_NOTIF_ID_VALID, responseAddress) === 0;
  }

  /** Sets the 64-bit result of the call; -errno is an error. Does nothing if the call is already answered. */
  answer(value: number | bigint): void {
    this.#send(BigInt(value), 0);
  }

  /** Lets the kernel execute the call as if there were no filter. Its arguments may have changed meanwhile. */
  letPass(): void {
    this.#send(0n, RESPONSE_FLAG_CONTINUE);
  }

  /**
   * Gives the caller a descriptor of the same open file and answers with its number. Returns that number, or -errno: the call is then not
   * answered.
   */
  hand(descriptor: number, closeOnExec: boolean): number {
    const number = this.#add(descriptor, closeOnExec, ADDFD_FLAG_SEND);
    if (number >= 0) this.answered = true;
    return number;
  }

  /** Gives the caller a descriptor (close-on-exec) without answering; returns its number there, or -errno. */
  lend(descriptor: number): number {
    return this.#add(descriptor, true, 0);
  }

  #add(descriptor: number, closeOnExec: boolean, flags: number): number {
    addition.setBigUint64(0, this.#id, true);
    addition.setUint32(8, flags, true);
    addition.setUint32(12, descriptor, true);
    addition.setUint32(16, 0, true);
    addition.setUint32(20, closeOnExec ? O_CLOEXEC : 0, true);
    return examine(() => uninterrupted(this.#listener, IOCTL_NOTIF_ADDFD, additionAddress)); // waits until the caller runs
  }

  #send(value: bigint, flags: number): void {
    if (this.answered) return;
    this.answered = true;
    response.setBigUint64(0, this.#id, true);
    response.setBigInt64(8, value, true);
    response.setInt32(16, 0, true);
    response.setUint32(20, flags, true);
    uninterrupted(this.#listener, IOCTL_NOTIF_SEND, responseAddress); // ENOENT: the caller is gone
  }
}
