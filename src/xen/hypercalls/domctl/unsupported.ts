import { unsupported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { DOMID_IO } from '../../domain/domain.ts';
import { errno } from '../../errno.ts';
import { domctlFamily, unknownDomctl } from './family.ts';

/** An operation that answers like an unknown one. */
const refused = (name: string, why: string) =>
  operation({
    family: domctlFamily,
    name,
    status: unsupported('ENOSYS', why),
    bind({ abi }) {
      const answer = -errno[unknownDomctl(abi)];
      return () => answer;
    },
  });

const noIommu = (name: string) =>
  operation({ family: domctlFamily, name, status: unsupported('EOPNOTSUPP', 'the machine has no IOMMU') });
/** The same, but these operations accept DOMID_IO, which owns the devices that no guest has. */
const noIommuForIo = (name: string) =>
  operation({
    family: domctlFamily,
    name,
    target: 'any',
    status: unsupported('EOPNOTSUPP', 'the machine has no IOMMU'),
    bind({ struct }) {
      const domid = struct.field('domain');
      return ({ hypervisor, caller, view }) => {
        const id = domid.get(view);
        if (id !== DOMID_IO && hypervisor.domains.get(id) === undefined) return -errno.ESRCH;
        return caller.privileged ? -errno.EOPNOTSUPP : -errno.EPERM;
      };
    },
  });
const notModelled = 'not modelled for this version of Xen';
const noGdbsx = 'Debian builds Xen without CONFIG_GDBSX';

/** Operations that Debian's Xen 4.17 refuses on the recorded machine. */
export const unsupportedOperations = [
  noIommuForIo('assign_device'),
  noIommuForIo('deassign_device'),
  noIommu('test_assign_device'),
  noIommu('get_device_group'),
  refused('mem_sharing_op', 'Debian builds Xen without CONFIG_MEM_SHARING'),
  refused('audit_p2m', 'only a debug build audits'),
  refused('cacheflush', 'Arm only'),
  refused('vuart_op', 'Arm only'),
  refused('gdbsx_guestmemio', noGdbsx),
  refused('gdbsx_pausevcpu', noGdbsx),
  refused('gdbsx_unpausevcpu', noGdbsx),
  refused('gdbsx_domstatus', noGdbsx),
  // Operations of releases that were not recorded.
  refused('getmemlist', notModelled),
  refused('getpageframeinfo', notModelled),
  refused('getpageframeinfo2', notModelled),
  refused('pin_mem_cacheattr', notModelled),
  refused('mem_event_op', notModelled),
  refused('psr_cat_op', notModelled),
  refused('arm_configure_domain', 'Arm only'),
  refused('dt_overlay', 'Arm only'),
];
