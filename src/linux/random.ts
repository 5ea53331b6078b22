import { SYS } from './arch/x86-64/system-calls.ts';
import { addressOf, systemCall } from './libc.ts';

/** getrandom(2) fills at most this many bytes per call. */
const AT_ONCE = 256;

/** Fills `bytes` with random bytes. Loading Node's crypto module for this would take a tenth of the start-up time. */
export function fillRandomly(bytes: Uint8Array): void {
  for (let offset = 0; offset < bytes.length; ) {
    const part = bytes.subarray(offset, offset + AT_ONCE);
    const count = systemCall(SYS.getrandom, addressOf(part), part.length);
    if (count > 0) offset += count; // otherwise a signal came while the kernel's pool was not ready
  }
}
