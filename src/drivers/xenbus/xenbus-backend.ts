import { constants } from 'node:fs';
import type { FileRequest } from '../../fuse/file-request.ts';
import type { FileNode, OpenFile } from '../../fuse/node.ts';
import type { Domain } from '../../xen/domain/domain.ts';
import { errno } from '../../xen/errno.ts';
import { PAGE_SIZE } from '../../xen/memory/heap.ts';
import type { Owner } from '../dmesg.ts';
import { pageFile } from '../page-file.ts';
import type { XenstoreChannel } from '../xenstore-page.ts';

const { S_IFREG } = constants;

// Source: libxen-dev's <xen/sys/xenbus_dev.h>.
const IOCTL_XENBUS_BACKEND_EVTCHN = 0x00004200;
const IOCTL_XENBUS_BACKEND_SETUP = 0x00004201;

/** GNTTAB_RESERVED_XENSTORE: the grant of the page that xenstored maps. */
const XENSTORE_GRANT = 1;
/** An ioctl's argument is truncated to a domid. */
const DOMID_MASK = 0xffff;

export interface XenbusBackendOptions {
  /** Dom0. */
  domain: Domain;
  owner: Owner;
  channel: XenstoreChannel;
}

/** Linux's /dev/xen/xenbus_backend: passes xenstore's page and event channel to a xenstored in a separate domain. */
export class XenbusBackend {
  readonly #options: XenbusBackendOptions;

  constructor(options: XenbusBackendOptions) {
    this.#options = options;
  }

  node(): FileNode {
    const { owner } = this.#options;
    return {
      kind: 'file',
      // Like xsd_kva: a FUSE file of size 0 cannot be mapped.
      attributes: () => ({ mode: S_IFREG | 0o600, size: PAGE_SIZE, ...owner }),
      setAttributes: () => 0,
      open: (request) => (this.#mayOpen(request) ? this.#file() : -errno.EPERM),
    };
  }

  /** Linux requires CAP_SYS_ADMIN; here only root and the mount's owner may open it. */
  #mayOpen({ uid }: FileRequest): boolean {
    return uid === 0 || uid === this.#options.owner.uid;
  }

  /** Maps the same page as xsd_kva. */
  #file(): OpenFile {
    const { domain, channel } = this.#options;
    return {
      ...pageFile(domain.memory, () => channel.page()),
      ioctl: (request, command, argument) => (request.compat ? -errno.ENOTTY : this.#ioctl(command, argument)),
    };
  }

  #ioctl(command: number, argument: number): number {
    const { port } = this.#options.channel;
    switch (command) {
      case IOCTL_XENBUS_BACKEND_EVTCHN:
        return port > 0 ? port : -errno.ENODEV;
      case IOCTL_XENBUS_BACKEND_SETUP:
        return this.#setUp(argument & DOMID_MASK);
      default:
        return -errno.ENOTTY;
    }
  }

  /** Grants the page to a domain and allocates an unbound port for it. EEXIST once a xenstored has bound the existing port. */
  #setUp(domid: number): number {
    const { channel, domain } = this.#options;
    const { eventChannels, grants } = domain;
    if (eventChannels.get(channel.port)?.state === 'interdomain') return -errno.EEXIST;
    const page = channel.page();
    if (page === undefined) return -errno.ENOMEM;
    const made = eventChannels.allocUnbound(domid);
    if (made < 0) return made;
    grants.grantAccess(XENSTORE_GRANT, domid, page);
    eventChannels.close(channel.port);
    channel.port = made;
    return made;
  }
}
