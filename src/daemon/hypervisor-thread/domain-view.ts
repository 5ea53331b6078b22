import { dmesgNode, type Owner, type RingPollers } from '../../drivers/dmesg.ts';
import { domainTree } from '../../drivers/dom0-tree.ts';
import { addMappings } from '../../drivers/privcmd/mappings.ts';
import { type CallerBytes, Privcmd } from '../../drivers/privcmd/privcmd.ts';
import { type LaterWork, type PrivcmdWatch, privcmdNode } from '../../drivers/privcmd/privcmd-file.ts';
import type { StoreEvent, StoreLink } from '../../drivers/xenbus/store-link.ts';
import { directory, type Entries } from '../../drivers/xenfs.ts';
import type { DirectoryNode } from '../../fuse/node.ts';
import type { Domain } from '../../xen/domain/domain.ts';
import type { Hypervisor } from '../../xen/hypervisor.ts';
import { ProcDirectory } from '../run/proc-directory.ts';
import { HIDDEN } from '../run/view-names.ts';

/** What the views of all domains have in common. */
export interface ViewTools {
  hypervisor: Hypervisor;
  owner: Owner;
  pollers: RingPollers;
  memory(tid: number): CallerBytes;
  /** Wakes those who poll: the session's notifyPoll. */
  notifyPoll(handle: bigint): void;
  /** Takes what is left of calls that gave way to others. */
  later(work: LaterWork): void;
  /** The way to xenstored. */
  store: StoreLink;
  /** For the log. */
  warn(text: string): void;
  /** Files of the hidden directory beside the views that a run binds. */
  hidden(): Entries;
}

/** What the kernel of one domain shows its programs: the drivers belong to it, and know that calls come from it. */
export interface DomainView {
  readonly domain: Domain;
  readonly privcmd: Privcmd;
  /** The directory to be mounted: xenfs, and hidden what a run binds over /proc, /dev and /sys. */
  readonly root: DirectoryNode;
  /** The same below the hidden directory: the kernel knows a directory by one name only. */
  readonly inner: DirectoryNode;
  /** What comes back from xenstored. */
  receive(event: StoreEvent): void;
}

export interface ViewOptions {
  domain: Domain;
  /** The module parameter of privcmd. */
  unrestricted: boolean;
  watch?: PrivcmdWatch | undefined;
}

export function makeView(tools: ViewTools, { domain, unrestricted, watch }: ViewOptions): DomainView {
  const { hypervisor, owner, memory, notifyPoll, store } = tools;
  const privcmd = new Privcmd({ hypervisor, domain, unrestricted, onNote: tools.warn });
  addMappings(privcmd);
  const file = { privcmd, memory, permissions: { mode: 0o600 }, ...owner, later: tools.later, ...(watch && { watch }) };
  const tree = domainTree({ hypervisor, domain, memory, owner, notifyPoll, store, note: (text) => privcmd.note(text) });
  const node = () => privcmdNode(file);
  const dmesg = () => dmesgNode(hypervisor.console, tools.pollers, owner);
  const xenfs: Entries = { privcmd: node, ...tree.xenfs, dmesg };
  const views = (): DirectoryNode => {
    // Where /proc/xen is all that is seen of the mount, a program of dom0 joins it there; a guest's has no such way to others. The kernel
    // knows a directory by one name only, so it is another node.
    let inner: DirectoryNode | undefined;
    const joins = domain.privileged && {
      [HIDDEN]: () => {
        inner ??= views();
        return inner;
      },
    };
    return directory(
      {
        ...tools.hidden(),
        proc: new ProcDirectory({ xen: directory({ ...xenfs, ...joins }, owner) }),
        dev: directory({ xen: directory({ privcmd: node, ...tree.devices }, owner) }, owner),
        sys: directory({ hypervisor: tree.sysHypervisor }, owner),
      },
      owner,
    );
  };
  const { receive } = tree;
  const root = () => directory({ ...xenfs, [HIDDEN]: views() }, owner);
  return { domain, privcmd, receive, root: root(), inner: root() };
}
