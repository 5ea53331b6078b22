import { constants } from 'node:fs';
import type { Ptracer } from '../caller/ptracer.ts';
import type { DirectoryNode, SymlinkNode } from '../fuse/node.ts';
import { symbols } from '../xen/console/symbols.ts';
import type { Domain } from '../xen/domain/domain.ts';
import type { Hypervisor } from '../xen/hypervisor.ts';
import type { Owner } from './dmesg.ts';
import { dmi } from './dmi.ts';
import { EvtchnDriver } from './evtchn.ts';
import { GntallocDriver } from './gntalloc/gntalloc.ts';
import { GntdevDriver } from './gntdev/gntdev.ts';
import type { CallerBytes } from './privcmd/privcmd.ts';
import { sysHypervisor } from './sys-hypervisor.ts';
import type { StoreEvent, StoreLink } from './xenbus/store-link.ts';
import { XenbusDriver } from './xenbus/xenbus.ts';
import { XenbusBackend } from './xenbus/xenbus-backend.ts';
import { type Entries, textFile } from './xenfs.ts';
import { xenstoreChannel, xsdKva, xsdPort } from './xenstore-page.ts';

const ZERO = '/dev/zero';

export interface TreeOptions {
  hypervisor: Hypervisor;
  /** The domain whose kernel the drivers belong to. */
  domain: Domain;
  memory(tid: number): CallerBytes;
  ptracer: Ptracer;
  owner: Owner;
  /** Wakes pollers: the session's notifyPoll. */
  notifyPoll(handle: bigint): void;
  note(text: string): void;
  /** The connection to xenstored. */
  store: StoreLink;
}

export interface DomainTree {
  /** Files of /proc/xen other than privcmd. */
  xenfs: Entries;
  /** Files of /dev/xen other than privcmd. */
  devices: Entries;
  sysHypervisor: DirectoryNode;
  /** What an HVM guest's firmware says. */
  dmi: DirectoryNode;
  /** Handles a message from xenstored. */
  receive(event: StoreEvent): void;
}

/** The files that Linux's Xen drivers provide in a domain; only dom0 has xenstore's ring. */
export function domainTree(options: TreeOptions): DomainTree {
  const { hypervisor, domain, owner } = options;
  domain.hasKernel = true;
  const channel = xenstoreChannel(domain);
  const ring: Entries = {
    xsd_kva: xsdKva(domain, channel, owner),
    xsd_port: xsdPort(channel, owner),
    xensyms: textFile(0o400, symbolText, owner),
  };
  const evtchn = new EvtchnDriver(options);
  const gntalloc = new GntallocDriver(options, evtchn);
  const gntdev = new GntdevDriver({ ...options, evtchn });
  const driver = new XenbusDriver(options);
  // A new node for each open: the kernel locks the node during a write, and a blocked write must not delay others.
  const xenbus = () => driver.node();
  const backend = new XenbusBackend({ domain, owner, channel });
  return {
    xenfs: {
      capabilities: textFile(0o444, () => (domain.privileged ? 'control_d\n' : ''), owner),
      xenbus,
      ...(domain.privileged && ring),
    },
    devices: {
      evtchn: evtchn.node(),
      gntalloc: () => gntalloc.node(),
      gntdev: () => gntdev.node(),
      hypercall: hypercallBuffers(owner),
      xenbus,
      ...(domain.privileged && { xenbus_backend: () => backend.node() }),
    },
    sysHypervisor: sysHypervisor(hypervisor, domain, owner),
    dmi: dmi(hypervisor, domain, owner),
    receive: (event) => driver.receive(event),
  };
}

/**
 * Linux's privcmd-buf: every mmap of it gives new pages, for the buffers of hypercalls. /dev/zero does the same; a file of ours cannot, for
 * all its mappings would share one page cache. It lacks the limit of 64 pages for an open file.
 */
function hypercallBuffers(owner: Owner): SymlinkNode {
  return {
    kind: 'symlink',
    attributes: () => ({ mode: constants.S_IFLNK | 0o777, size: ZERO.length, ...owner }),
    target: () => ZERO,
  };
}

/** Xen's symbols, as nm prints them. */
function symbolText(): string {
  return symbols.map(([address, type, name]) => `${address.toString(16)} ${type} ${name}\n`).join('');
}
