import { IOCTL_PRIVCMD_HYPERCALL } from '../../drivers/privcmd/ioctls.ts';
import { say } from '../../language/say.ts';
import { HYPERCALL_BYTES } from '../../xen/call/call.ts';
import { errno } from '../../xen/errno.ts';
import type { Answer, FailedIoctl } from '../failure.ts';
import { hex } from '../memory-map.ts';

/** Bytes of the struct before July 2006 in a 32-bit program: six words of 32 bits. */
const OLD_BYTES = 24;
const HYPERCALL = 0;
const P = 'P'.charCodeAt(0);
const TTY = 'T'.charCodeAt(0);
/** The highest number of privcmd's ioctls (privcmd.h). */
const LAST_NUMBER = 7;

/** The ioctl's number is not one of privcmd's: a wrong struct, direction or header. */
export function ioctlNumber({ command, result, compat }: FailedIoctl): Answer | undefined {
  if (Number(result) !== -errno.ENOTTY || compat) return undefined;
  const number = command & 0xff;
  const type = (command >>> 8) & 0xff;
  if (type === TTY) return undefined; // isatty(), which C's stdio asks of every file
  return {
    ...wrongPart(command, type, number),
    xen: say("not reached: Linux's privcmd answers ENOTTY to an ioctl that it does not know."),
    change: say(
      'include <xen/sys/privcmd.h> and use IOCTL_PRIVCMD_HYPERCALL (0x305000): a struct of 48 bytes, no direction',
    ),
  };
}

/** The part of an ioctl's number that is not as in privcmd.h. */
function wrongPart(word: number, type: number, number: number): Pick<Answer, 'cause' | 'why'> {
  const command = hex(word);
  if (type !== P || number > LAST_NUMBER) {
    return {
      cause: 'ioctl-unknown',
      why: say("ioctl {command} is not one of privcmd's (those have type 'P' and numbers 0 to {last})", {
        command,
        last: LAST_NUMBER,
      }),
    };
  }
  const direction = word >>> 30;
  if (direction !== 0) {
    return {
      cause: 'ioctl-direction',
      why: say("ioctl {command} has a direction (_IOR, _IOW or _IOWR), privcmd's have none (_IOC_NONE)", { command }),
    };
  }
  const size = (word >>> 16) & 0x3fff;
  if (number !== HYPERCALL) {
    return {
      cause: 'ioctl-size',
      why: say("ioctl {command} has a struct of {size} bytes, unlike privcmd's ioctl {number}, or it is not modelled", {
        command,
        size,
        number,
      }),
    };
  }
  return {
    cause: 'struct-size',
    why: say('ioctl {command} says that privcmd_hypercall_t has {size} bytes, {reason} (right: {right})', {
      command,
      size,
      reason: wrongSize(size),
      right: HYPERCALL_BYTES,
    }),
  };
}

function wrongSize(bytes: number): string {
  if (bytes === OLD_BYTES)
    return say('that of six 32-bit words, as old Xen had it on 32 bits: in July 2006 the words became __u64');
  if (bytes === 8) return say('that of a pointer: sizeof(pointer) where sizeof(struct) was meant');
  return say('wrong: one number and five arguments of 64 bits each are 48');
}

/** A 32-bit program on a 64-bit kernel. */
export function compatProgram({ compat, result, hypervisor }: FailedIoctl): Answer | undefined {
  if (!compat || Number(result) !== -errno.ENOTTY || hypervisor.dom0Bits !== 64) return undefined;
  return {
    cause: 'program-32',
    xen: say("not reached: Linux's privcmd has no compat ioctl, so a 32-bit program gets ENOTTY on a 64-bit kernel."),
    why: say("the program is compiled for 32 bits, but dom0's kernel for 64"),
    change: say('compile without -m32, or start fauxen with --dom0-bits 32'),
  };
}

/** The struct of the hypercall itself could not be read. */
export function structPointer({ result, command, argument, map }: FailedIoctl): Answer | undefined {
  if (Number(result) !== -errno.EFAULT || command !== IOCTL_PRIVCMD_HYPERCALL) return undefined;
  return {
    cause: 'struct-address',
    xen: say("not reached: Linux's privcmd copies the struct first, and fails with EFAULT."),
    why: say('the third argument of ioctl, {argument}, does not point to a readable privcmd_hypercall_t: {found}', {
      argument: hex(argument),
      found: map.describe(argument),
    }),
    change: say('pass the address of the struct: ioctl(fd, IOCTL_PRIVCMD_HYPERCALL, &call)'),
  };
}
