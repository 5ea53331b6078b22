import { SYS } from './arch/x86-64/system-calls.ts';
import { addressOf, systemCall } from './libc.ts';

const AF_UNIX = 1;
const SOCK_STREAM = 1;
const SOCK_CLOEXEC = 0o2000000;
const MSG_DONTWAIT = 0x40;
const MSG_NOSIGNAL = 0x4000;

const pair = new Int32Array(2);
const pairAddress = addressOf(pair);

/** Two connected sockets (close-on-exec), or -errno. */
export function socketPair(): [number, number] | number {
  const made = systemCall(SYS.socketpair, AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pairAddress);
  return made < 0 ? made : [pair[0]!, pair[1]!];
}

/** Sends without waiting; the count or -errno: EAGAIN if the other side has too much unread data, EPIPE if it is closed. */
export function send(fd: number, bytes: Uint8Array): number {
  const sent = systemCall(SYS.sendto, fd, addressOf(bytes), bytes.length, MSG_DONTWAIT | MSG_NOSIGNAL);
  return bytes.length === 0 ? 0 : sent; // used here, so that they are not garbage-collected before the call
}
