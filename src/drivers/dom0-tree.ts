import type { DirectoryNode } from '../fuse/node.ts';
import type { Domain } from '../xen/domain.ts';
import type { Hypervisor } from '../xen/hypervisor.ts';
import { symbols } from '../xen/symbols.ts';
import type { Owner } from './dmesg.ts';
import { EvtchnDriver } from './evtchn.ts';
import { GntallocDriver } from './gntalloc.ts';
import { gntdevNode } from './gntdev/gntdev.ts';
import type { CallerBytes } from './privcmd/privcmd.ts';
import { sysHypervisor } from './sys-hypervisor.ts';
import { type Entries, textFile } from './xenfs.ts';
import { xsdKva, xsdPort } from './xenstore-page.ts';

export interface TreeOptions {
  hypervisor: Hypervisor;
  /** The domain whose kernel the drivers belong to. */
  domain: Domain;
  memory(tid: number): CallerBytes;
  owner: Owner;
  /** Wakes those who poll: the session's notifyPoll. */
  notifyPoll(handle: bigint): void;
  note(text: string): void;
}

export interface DomainTree {
  /** Files of /proc/xen beside privcmd. */
  xenfs: Entries;
  /** Files of /dev/xen beside privcmd. No `hypercall`: libxencall then takes its buffers from anonymous memory. */
  devices: Entries;
  sysHypervisor: DirectoryNode;
}

/** What Linux's drivers show of Xen in a domain; only dom0 has xenstore's ring. */
export function domainTree(options: TreeOptions): DomainTree {
  const { hypervisor, domain, owner } = options;
  const ring: Entries = {
    xsd_kva: xsdKva(owner),
    xsd_port: xsdPort(domain, owner),
    xensyms: textFile(0o400, symbolText, owner),
  };
  const gntalloc = new GntallocDriver(options);
  return {
    xenfs: {
      capabilities: textFile(0o444, () => (domain.privileged ? 'control_d\n' : ''), owner),
      ...(domain.privileged && ring),
    },
    devices: {
      evtchn: new EvtchnDriver(options).node(),
      gntalloc: () => gntalloc.node(),
      gntdev: () => gntdevNode(options),
    },
    sysHypervisor: sysHypervisor(hypervisor, domain, owner),
  };
}

/** Xen's symbols, as nm prints them. */
function symbolText(): string {
  return symbols.map(([address, type, name]) => `${address.toString(16)} ${type} ${name}\n`).join('');
}
