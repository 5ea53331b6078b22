import { SYS } from './arch/x86-64/system-calls.ts';
import { addressOf, systemCall } from './libc.ts';

/** getrandom(2) fills up to so many bytes in one go. */
const AT_ONCE = 256;

/** Fills `bytes` with random ones. Node's crypto module does this too, and takes a tenth of a start to load. */
export function fillRandomly(bytes: Uint8Array): void {
  for (let offset = 0; offset < bytes.length; ) {
    const part = bytes.subarray(offset, offset + AT_ONCE);
    const count = systemCall(SYS.getrandom, addressOf(part), part.length);
    if (count > 0) offset += count; // otherwise a signal came while the kernel had none yet
  }
}
