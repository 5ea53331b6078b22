import { say } from '../../language/say.ts';
import { DOMID_IDLE, DOMID_INVALID } from '../../xen/domain/domain.ts';
import { errno } from '../../xen/errno.ts';
import type { Answer, FailedCall, FailedIoctl } from '../failure.ts';

/** The hypervisor refused: the domain lacks the privilege. */
export function notPrivileged({ result, domid, privileged, row }: FailedCall): Answer | undefined {
  if (Number(result) !== -errno.EPERM || privileged) return undefined;
  return {
    cause: 'not-dom0',
    xen: say('only the control domain may use {name}; other domains get EPERM, unless XSM allows it.', {
      name: row?.name ?? say('the call'),
    }),
    why: say('the program runs in domain {domid}, which is not privileged', { domid }),
    change: say('run it in dom0: omit --domain'),
  };
}

/** The driver refused: the file is restricted to a domain, or the driver is a domU's. */
export function restrictedFile({ result, restricted, domid, privileged }: FailedIoctl): Answer | undefined {
  if (Number(result) !== -errno.EPERM) return undefined;
  // A domU's driver without `unrestricted` restricts each new file to an unused domain id.
  if (restricted !== DOMID_INVALID && restricted !== DOMID_IDLE) {
    return {
      cause: 'restricted',
      xen: say(
        "not reached: Linux's privcmd refuses hypercalls on a file that IOCTL_PRIVCMD_RESTRICT bound to a domain.",
      ),
      why: say(
        'this open file is restricted to domain {restricted}: only DM_OP and mappings for that domain are allowed',
        { restricted },
      ),
      change: say(
        'open /dev/xen/privcmd again for hypercalls, before the restriction or without it (qemu: -xen-domid-restrict)',
      ),
    };
  }
  if (privileged) return undefined;
  return {
    cause: 'domu-blocked',
    xen: say("not reached: Linux's privcmd in a domU refuses every hypercall unless the module has unrestricted=1."),
    why: say("the program runs in domain {domid}, and its kernel's privcmd is not unrestricted", { domid }),
    change: say('run it in dom0: omit --domain; or add --privcmd-unrestricted'),
  };
}
