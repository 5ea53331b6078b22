import type { Family } from '../call/family.ts';
import { supported } from '../call/hypercall.ts';
import { operation } from '../call/operation.ts';
import { OperationRequest } from '../call/operation-request.ts';
import { serve } from '../call/serve.ts';
import { errno } from '../errno.ts';

/** Bytes copied at a time, as Xen's own buffer on the stack. */
const CHUNK = 128;
const chunk = new Uint8Array(CHUNK);
/** Views of its first bytes, by length: a new view for each call would be garbage. */
const starts = Array.from({ length: CHUNK + 1 }, (_, length) => chunk.subarray(0, length));
/** The argument that has the count; Xen takes it as a signed int of 32 bits. */
const COUNT = 1;
const BUFFER = 2;
const MAX_INT = 0x7fffffff;

const consoleFamily: Family = {
  name: 'console_io',
  status: supported,
  prefix: 'CONSOLEIO',
  carriage: { pointer: BUFFER },
  Request: OperationRequest,
  first: ({ domain }) => (domain.privileged ? 0 : -errno.EPERM),
};

const operations = [
  operation({
    family: consoleFamily,
    name: 'write',
    status: supported,
    handler({ call, hypervisor, address }) {
      let at = address;
      for (let left = call.u32(COUNT); left > 0; ) {
        if (at > address && call.shouldYield) {
          call.setArgument(COUNT, left);
          call.setArgument(BUFFER, at);
          return call.preempt();
        }
        const length = Math.min(left, CHUNK);
        if (!call.copyFromGuest(at, chunk, length)) return -errno.EFAULT;
        hypervisor.console.guestWrite(starts[length]!); // at most CHUNK
        at += length;
        left -= length;
      }
      return 0;
    },
  }),
  operation({
    family: consoleFamily,
    name: 'read',
    status: supported,
    // No input arrives on the simulated serial line. The result is an int, so a larger count cannot be answered.
    handler: ({ call }) => (call.u32(COUNT) > MAX_INT ? -errno.E2BIG : 0),
  }),
];

/** console_io(cmd, count, buffer): raw console access. */
export const consoleIo = serve(consoleFamily, operations);
