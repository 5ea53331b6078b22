import type { Ptracer } from '../../caller/ptracer.ts';
import { dmesgNodes, type Owner } from '../../drivers/dmesg.ts';
import { domainTree } from '../../drivers/dom0-tree.ts';
import { addMappings } from '../../drivers/privcmd/mappings.ts';
import { type CallerBytes, Privcmd } from '../../drivers/privcmd/privcmd.ts';
import { type LaterWork, type PrivcmdWatch, privcmdNode } from '../../drivers/privcmd/privcmd-file.ts';
import type { Waiting } from '../../drivers/waiting.ts';
import type { StoreEvent, StoreLink } from '../../drivers/xenbus/store-link.ts';
import { directory, type Entries } from '../../drivers/xenfs.ts';
import type { DirectoryNode } from '../../fuse/node.ts';
import type { Domain } from '../../xen/domain/domain.ts';
import type { Hypervisor } from '../../xen/hypervisor.ts';
import type { NetworkInterface } from '../protocol/traffic.ts';
import { HIDDEN } from '../protocol/view-names.ts';
import { ProcDirectory, realProc } from './proc-directory.ts';

/** What the views of all domains share. */
export interface ViewTools {
  hypervisor: Hypervisor;
  owner: Owner;
  pollers: Waiting;
  memory(tid: number): CallerBytes;
  ptracer: Ptracer;
  /** Wakes pollers: the session's notifyPoll. */
  notifyPoll(handle: bigint): void;
  /** Queues the rest of calls that were preempted. */
  later(work: LaterWork): void;
  /** The connection to xenstored. */
  store: StoreLink;
  /** Network interfaces that dom0's simulated kernel has for its guests. */
  interfaces(): readonly NetworkInterface[];
  /** For the log. */
  warn(text: string): void;
  /** Files of the hidden directory, apart from the views that a run binds. */
  hidden(): Entries;
}

/** The files that one domain's kernel shows its programs. The drivers belong to this domain, and calls come from it. */
export interface DomainView {
  readonly domain: Domain;
  readonly privcmd: Privcmd;
  /** The directory to mount: xenfs, and hidden directories that a run binds over /proc, /dev and /sys. */
  readonly root: DirectoryNode;
  /** The same as a node below the hidden directory: FUSE allows only one name for a directory. */
  readonly inner: DirectoryNode;
  /** Handles a message from xenstored. */
  receive(event: StoreEvent): void;
}

export interface DomainViewOptions {
  domain: Domain;
  /** The module parameter of privcmd. */
  unrestricted: boolean;
  watch?: PrivcmdWatch | undefined;
}

export function makeView(tools: ViewTools, { domain, unrestricted, watch }: DomainViewOptions): DomainView {
  const { hypervisor, owner, memory, ptracer, notifyPoll, store } = tools;
  const privcmd = new Privcmd({ hypervisor, domain, unrestricted, onNote: tools.warn });
  addMappings(privcmd);
  const note = (text: string) => privcmd.note(text);
  const file = {
    privcmd,
    ptracer,
    memory,
    permissions: { mode: 0o600 },
    ...owner,
    later: tools.later,
    ...(watch && { watch }),
  };
  const tree = domainTree({ hypervisor, domain, ptracer, memory, owner, notifyPoll, store, note });
  const node = () => privcmdNode(file);
  const dmesg = dmesgNodes(hypervisor.console, tools.pollers, owner);
  const xenfs: Entries = { privcmd: node, ...tree.xenfs, dmesg };
  const views = (): DirectoryNode => {
    // If only /proc/xen of the mount is visible, dom0's programs join other domains through it; a guest's programs cannot. FUSE allows
    // only one name for a directory, so it is a separate node.
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
        proc: new ProcDirectory(
          { xen: directory({ ...xenfs, ...joins }, owner) },
          realProc(),
          domain.privileged ? tools.interfaces : undefined,
        ),
        dev: directory({ xen: directory({ privcmd: node, ...tree.devices }, owner) }, owner),
        sys: directory({ hypervisor: tree.sysHypervisor, dmi: tree.dmi }, owner),
      },
      owner,
    );
  };
  const { receive } = tree;
  const root = () => directory({ ...xenfs, [HIDDEN]: views() }, owner);
  return { domain, privcmd, receive, root: root(), inner: root() };
}
