import { behaves } from '../../abi/behaviour.ts';
import { anyDomain } from '../../call/domid.ts';
import { supported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { errno } from '../../errno.ts';
import { memoryFamily } from './family.ts';

/** The page counts of a populate-on-demand domain; set_pod_target first sets the target. */
const podTarget = (name: 'set_pod_target' | 'get_pod_target') =>
  operation({
    family: memoryFamily,
    name,
    status: supported,
    noStartExtent: true,
    argument: 'xen_pod_target',
    copies: 'both',
    bind({ abi, field }) {
      const [domid, target, total] = [field('domid'), field('target_pages'), field('tot_pages')];
      const [cache, entries] = [field('pod_cache_pages'), field('pod_entries')];
      const pvToo = behaves(abi, 'podTargetOfPv');
      const noDevices = behaves(abi, 'devicesExcludeOnDemand');
      return ({ call, caller, view }) => {
        const domain = anyDomain(call, domid.get(view));
        if (domain === undefined) return -errno.ESRCH;
        const { memory } = domain;
        if (!memory.translated && !pvToo) return -errno.EINVAL;
        if (!caller.privileged) return -errno.EPERM;
        if (name === 'set_pod_target') {
          if (target.get(view) > memory.maxPages) return -errno.EINVAL;
          if (noDevices && memory.pod.entries > 0 && memory.properties.mayUseDevices) return -errno.ENOTEMPTY;
          if (!memory.setPodTarget(target.get(view))) return -errno.ENOMEM;
        }
        total.set(view, memory.totalPages);
        cache.set(view, memory.pod.cache);
        entries.set(view, memory.pod.entries);
        return 0;
      };
    },
  });

export const podOperations = [podTarget('set_pod_target'), podTarget('get_pod_target')];
