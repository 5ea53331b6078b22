import { say } from '../../language/say.ts';
import { USER_ADDRESS_LIMIT } from '../../xen/call/guest-memory.ts';
import { signatureOf } from '../../xen/call/signatures.ts';
import type { Answer, FailedCall } from '../failure.ts';
import { hex, nameOf } from '../memory-map.ts';

/** No program has memory below this (vm.mmap_min_addr): a small number is not a pointer. */
const FIRST_ADDRESS = 65536;

/** A copy from or to the caller failed: explains which pointer and argument, and what is mapped there. */
export function fault(call: FailedCall): Answer | undefined {
  if (call.fault === undefined) return undefined;
  const { start, wrote } = call.fault;
  const pointer = argumentAt(call, start);
  const subject = `${pointer} (${hex(pointerValue(call, start))})`;
  const context: FaultContext = {
    call,
    start,
    subject,
    pointer,
    access: wrote ? 'write' : 'read',
    accesses: wrote ? say('write') : say('read'),
  };
  for (const judge of [nullPointer, smallNumber, truncated, notUser, endless, pastTheEnd, readOnly, absent]) {
    const answer = judge(context);
    if (answer !== undefined)
      return {
        xen: say(
          'copy_from_guest and copy_to_guest stop at a page that the caller has not mapped; the call fails with EFAULT.',
        ),
        ...answer,
      };
  }
  return undefined;
}

interface FaultContext {
  call: FailedCall;
  start: number;
  subject: string;
  pointer: string;
  access: 'read' | 'write';
  /** The same for a message. */
  accesses: string;
}

type Judged = Pick<Answer, 'cause' | 'why' | 'change'> & Partial<Answer>;

function nullPointer({ start, pointer, accesses }: FaultContext): Judged | undefined {
  if (start !== 0) return undefined;
  const cause = 'null-pointer';
  return {
    cause,
    why: say('{pointer} is NULL, and the hypercall must {access} there', { pointer, access: accesses }),
    change: say('pass the address of a buffer'),
  };
}

function smallNumber({ start, subject }: FaultContext): Judged | undefined {
  if (start >= FIRST_ADDRESS) return undefined;
  return {
    cause: 'not-a-pointer',
    why: say('{subject} is too small for an address: it looks like a value passed where a pointer is expected', {
      subject,
    }),
    change: say('pass the address: &value; and check the order of the arguments'),
  };
}

/** A pointer that went through an int: its upper half is zero, or all ones by sign extension. */
function truncated({ call, start, subject }: FaultContext): Judged | undefined {
  const value = pointerValue(call, start);
  const upper = value >> 32n;
  if (upper !== 0n && upper !== 0xffffffffn) return undefined;
  if (call.map.at(Number(value)) !== undefined) return undefined;
  const whole = call.map.withLowBits(Number(value & 0xffffffffn));
  if (whole === undefined) return undefined;
  const region = call.map.at(whole);
  return {
    cause: 'truncated-pointer',
    why: say('{subject} has lost its upper 32 bits; {whole}, in {region}, would be mapped', {
      subject,
      whole: hex(whole),
      region: region === undefined ? say('its memory') : nameOf(region),
    }),
    change: say(
      'cast through a type of 64 bits: (unsigned long) or (uint64_t)(uintptr_t) pointer, not (int) or (unsigned int)',
    ),
  };
}

function notUser({ call, start, subject }: FaultContext): Judged | undefined {
  if (pointerValue(call, start) < BigInt(USER_ADDRESS_LIMIT)) return undefined;
  return {
    cause: 'not-user-memory',
    why: say(
      '{subject} is not a user-space address (those are below 2^47): it belongs to the kernel or to Xen, or was never set',
      { subject },
    ),
    change: say('pass memory of the program; set every argument that is not used to 0'),
  };
}

/** The copy began in mapped memory, and the string was not terminated there. */
function endless({ call, subject }: FaultContext): Judged | undefined {
  if (call.remark?.kind !== 'string' || call.fault === undefined) return undefined;
  return {
    cause: 'string-without-end',
    why: say('the string at {subject} has no NUL before its memory ends at {address}', {
      subject,
      address: hex(call.fault.address),
    }),
    change: say('end the string with a 0 byte, and pass the address of its first character'),
  };
}

function pastTheEnd({ call, start, subject, access }: FaultContext): Judged | undefined {
  const { map, fault } = call;
  if (fault === undefined || fault.address === start || map.at(start) === undefined) return undefined;
  if (map.at(fault.address) !== undefined && access === 'read') return undefined;
  return {
    cause: 'buffer-too-short',
    why: say('{subject} has only {size} mapped bytes: at {address}, {found}', {
      subject,
      size: fault.address - start,
      address: hex(fault.address),
      found: map.describe(fault.address),
    }),
    change: say(
      'make the buffer as large as the hypercall expects, and the count that is passed no larger than the buffer',
    ),
  };
}

function readOnly({ call, start, subject, access }: FaultContext): Judged | undefined {
  const region = call.map.at(start);
  if (region === undefined) return undefined;
  if (access === 'write' && !region.permissions.includes('w')) {
    return {
      cause: 'read-only',
      why: say('{subject} cannot be written: it lies in {region} ({permissions})', {
        subject,
        region: nameOf(region),
        permissions: region.permissions,
      }),
      change: say('pass an array of your own: char text[] = "..." instead of char *text = "..."'),
    };
  }
  if (region.permissions.includes('r')) return undefined;
  const why = say('{subject} cannot be read: its mapping has no access ({permissions})', {
    subject,
    permissions: region.permissions,
  });
  return { cause: 'no-access', why, change: say('pass memory that may be read, or call mprotect first') };
}

function absent({ call, start, subject, accesses }: FaultContext): Judged {
  const { map, fault, strictMemory } = call;
  const address = fault?.address ?? start;
  if (strictMemory && map.at(address) !== undefined) {
    return {
      cause: 'page-not-present',
      why: say(
        '{subject} is mapped, but the page at {address} is not present yet, or would be copied at the first write',
        { subject, address: hex(address) },
      ),
      change: say('use memory that is locked and was written: xencall_alloc_buffer, or mlock and memset'),
    };
  }
  return {
    cause: 'bad-address',
    why: say('cannot {access} at {address} through {subject}: {found}', {
      access: accesses,
      address: hex(address),
      subject,
      found: map.describe(address),
    }),
    change: say(
      'pass the address of memory that is still allocated; if the argument is a struct, look at the pointers in it',
    ),
  };
}

/** The argument that was the copy's address, or the struct that contains it. */
function argumentAt(call: FailedCall, start: number): string {
  const signature = signatureOf(call.row);
  const index = indexOf(call, start);
  if (index >= 0)
    return say('argument {index}, {name},', { index: index + 1, name: signature[index]?.name ?? 'unnamed' });
  return say(
    'a pointer that is not itself an argument (a member of a struct, or an address that the handler computed),',
  );
}

function indexOf({ args, row }: FailedCall, start: number): number {
  const signature = signatureOf(row);
  const value = BigInt(start);
  const isPointer = (index: number) => !['number', 'signed', 'command'].includes(signature[index]?.kind ?? 'number');
  const exact = args.findIndex((arg, index) => Number(arg) === start && isPointer(index));
  if (exact >= 0) return exact;
  // Further on in the same buffer: a copy in several parts.
  return args.findIndex((arg, index) => isPointer(index) && arg !== 0n && value > arg && value - arg < 65536n);
}

/** All 64 bits of the pointer: `start` is a double, inexact for an address that no program has. */
function pointerValue(call: FailedCall, start: number): bigint {
  return call.args.find((arg) => Number(arg) === start) ?? BigInt(start);
}
