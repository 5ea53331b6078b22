import { addressOf, failed, libc, result, systemCall } from './libc.ts';

const SYS_MMAP = 9;
const SYS_MPROTECT = 10;
const PROT = { READ: 1, WRITE: 2, EXEC: 4 } as const;
const MAP_PRIVATE_ANONYMOUS = 0x22;
const PAGE = 4096;
const SA_SIGINFO = 4;
/** The C library's struct sigaction on x86-64: handler, a mask of 128 bytes, flags, restorer. */
const ACTION = { size: 152, handler: 0, flags: 136 };

const sigaction: (signal: number, action: number, old: number) => number = libc.func(
  'int sigaction(int, int64_t, int64_t)',
);
const memcpy: (to: number, from: number, length: number) => number = libc.func(
  'int64_t memcpy(int64_t, int64_t, size_t)',
);

/**
 * Counts signals that a process sent (kill(2), tgkill(2), sigqueue(3)) and not the kernel, as a terminal's driver does. Node hears
 * of a signal through libuv, which drops the siginfo; so the signal's handler gets a few instructions before it, which look at
 * si_code, count, and jump on. Call it once for a signal, when Node's own handler is in place.
 */
export function countSentSignals(signal: number): (() => number) | undefined {
  const action = new DataView(new ArrayBuffer(ACTION.size));
  if (result(sigaction(signal, 0, addressOf(action))) !== 0) return undefined;
  const handler = action.getBigUint64(ACTION.handler, true);
  if (handler <= 1n) return undefined; // SIG_DFL or SIG_IGN
  const counter = new Int32Array(new SharedArrayBuffer(4));
  const code = preface(addressOf(counter), handler);
  const page = systemCall(SYS_MMAP, 0, PAGE, PROT.READ | PROT.WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0);
  if (failed(page)) return undefined;
  memcpy(page, addressOf(code), code.length);
  if (systemCall(SYS_MPROTECT, page, PAGE, PROT.READ | PROT.EXEC) !== 0) return undefined;
  action.setBigUint64(ACTION.handler, BigInt(page), true);
  action.setInt32(ACTION.flags, action.getInt32(ACTION.flags, true) | SA_SIGINFO, true);
  if (result(sigaction(signal, addressOf(action), 0)) !== 0) return undefined;
  return () => Atomics.load(counter, 0);
}

/** The handler's arguments stay in their registers: the signal in rdi, its siginfo in rsi, whose si_code is at 8. */
function preface(counter: number, handler: bigint): Uint8Array {
  const code = new Uint8Array([
    ...[0x81, 0x7e, 0x08, 0x80, 0, 0, 0], // cmp dword [rsi+8], SI_KERNEL
    ...[0x74, 0x0d], // je over the count
    ...[0x48, 0xb9, 0, 0, 0, 0, 0, 0, 0, 0], // mov rcx, counter
    ...[0xf0, 0xff, 0x01], // lock inc dword [rcx]
    ...[0x48, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0], // mov rax, handler
    ...[0xff, 0xe0], // jmp rax
  ]);
  const view = new DataView(code.buffer);
  view.setBigUint64(11, BigInt(counter), true);
  view.setBigUint64(24, handler, true);
  return code;
}
