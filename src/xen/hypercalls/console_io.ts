import { supported, type UnlistedRow } from '../call/hypercall.ts';
import { errno } from '../errno.ts';

const CONSOLEIO_write = 0;
const CONSOLEIO_read = 1;

/** Bytes copied at a time, as Xen's own buffer on the stack. */
const CHUNK = 128;
const chunk = new Uint8Array(CHUNK);

/** console_io(cmd, count, buffer): raw console access. Xen takes `count` as a signed int of 32 bits. */
export function consoleIo(): UnlistedRow {
  return {
    number: 18,
    name: 'console_io',
    status: supported,
    subOperations: [
      { number: CONSOLEIO_write, name: 'write', status: supported },
      { number: CONSOLEIO_read, name: 'read', status: supported },
    ],
    handler(call) {
      if (!call.domain.privileged) return -errno.EPERM;
      const count = call.u32(1);
      switch (call.u32(0)) {
        case CONSOLEIO_write: {
          let address = call.address(2);
          for (let left = count; left > 0; ) {
            const length = Math.min(left, CHUNK);
            if (!call.copyFromGuest(address, chunk, length)) return -errno.EFAULT;
            call.hypervisor.console.guestWrite(chunk.subarray(0, length));
            address += length;
            left -= length;
          }
          return 0;
        }
        case CONSOLEIO_read:
          // No input arrives on the simulated serial line. The result is an int, so a larger count cannot be answered.
          return count > 0x7fffffff ? -errno.E2BIG : 0;
        default:
          return -errno.ENOSYS;
      }
    },
  };
}
