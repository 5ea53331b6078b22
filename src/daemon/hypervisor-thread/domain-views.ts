import { constants } from 'node:fs';
import type { StoreEvent } from '../../drivers/xenbus/store-link.ts';
import type { Entries } from '../../drivers/xenfs.ts';
import type { DirectoryNode, FileNode, OpenFile } from '../../fuse/node.ts';
import { DOMID_FIRST_RESERVED, type Domain, type GuestType } from '../../xen/domain/domain.ts';
import { bootGuest } from '../../xen/domain/guest.ts';
import { errno } from '../../xen/errno.ts';
import { parseJoin } from '../protocol/join-request.ts';
import { DOMAINS, JOIN } from '../protocol/view-names.ts';
import { type DomainView, type DomainViewOptions, makeView, type ViewTools } from './domain-view.ts';

const { S_IFDIR, S_IFREG } = constants;

/** Memory of a guest that runs callers: 192 MiB, as recorded. */
const GUEST_PAGES = 49152;

/**
 * The domains whose programs this hypervisor serves. The first is the mount's own; another one's view is `.fauxen/domains/N`,
 * made at its first use, once the domain exists. Writing to `.fauxen/join` starts a guest that does not exist.
 */
export class DomainViews {
  readonly #tools: ViewTools;
  readonly #views = new Map<number, DomainView>();
  /** Called with each new view. */
  onView: ((view: DomainView) => void) | undefined;

  constructor(tools: Omit<ViewTools, 'hidden'>, hidden: () => Entries) {
    this.#tools = {
      ...tools,
      hidden: () => ({ ...hidden(), [DOMAINS]: this.#directory(), [JOIN]: this.#joinFile() }),
    };
  }

  /** Makes the view of a domain, and starts a guest with that id if there is none. Throws RangeError if that is impossible. */
  open(id: number, type: GuestType, options: Omit<DomainViewOptions, 'domain'>): DomainView {
    const { domains } = this.#tools.hypervisor;
    const domain =
      domains.get(id) ?? bootGuest(this.#tools.hypervisor, { id, type, pages: GUEST_PAGES, connected: true });
    // An HVM guest's programs find it in the firmware's description.
    if (type === 'hvm')
      domain.handle = Uint8Array.from(Buffer.from(`fa0e0000000040008000${id.toString(16).padStart(12, '0')}`, 'hex'));
    return this.#make({ domain, ...options });
  }

  /** Handles a message from xenstored: only dom0 has connections. */
  receive(event: StoreEvent): void {
    this.#views.get(0)?.receive(event);
  }

  #make(options: DomainViewOptions): DomainView {
    const view = makeView(this.#tools, options);
    this.#views.set(options.domain.id, view);
    this.onView?.(view);
    return view;
  }

  /** The view of a living domain. Ids are reused: a new domain does not inherit an earlier one's view. */
  #find(id: number): DomainView | undefined {
    const domain = this.#tools.hypervisor.domains.get(id);
    if (domain === undefined || domain.dying !== 'no') return undefined;
    const view = this.#views.get(id);
    return view?.domain === domain ? view : this.#make({ domain, unrestricted: false });
  }

  #directory(): DirectoryNode {
    const { domains } = this.#tools.hypervisor;
    const { owner } = this.#tools;
    return {
      kind: 'directory',
      attributes: () => ({ mode: S_IFDIR | 0o755, size: 0, nlink: 2, ...owner }),
      lookup: (name) => (isDomid(name) ? this.#find(Number(name))?.inner : undefined) ?? -errno.ENOENT,
      *list() {
        for (const { id, dying } of domains) if (dying === 'no') yield { name: String(id), type: S_IFDIR };
      },
    };
  }

  #joinFile(): FileNode {
    const { owner } = this.#tools;
    const file: OpenFile = {
      nonseekable: true,
      write: (_request, _offset, data) => this.#join(new TextDecoder().decode(data)) || data.length,
    };
    return {
      kind: 'file',
      attributes: () => ({ mode: S_IFREG | 0o200, size: 0, ...owner }),
      open: (request) => (request.uid === 0 || request.uid === owner.uid ? file : -errno.EACCES),
    };
  }

  /** Returns 0 or -errno: EEXIST if the domain has another type, ENOMEM if a new one does not fit the machine. */
  #join(text: string): number {
    const request = parseJoin(text);
    if (request === undefined) return -errno.EINVAL;
    const { id, type, unrestricted } = request;
    const domain: Domain | undefined = this.#tools.hypervisor.domains.get(id);
    if (domain !== undefined && type !== undefined && domain.type !== type) return -errno.EEXIST;
    try {
      if (domain === undefined) this.open(id, type ?? 'pv', { unrestricted });
      else if (unrestricted) this.#find(id)?.privcmd.liftRefusal();
    } catch (error) {
      if (error instanceof RangeError) return -errno.ENOMEM;
      throw error;
    }
    return 0;
  }
}

function isDomid(name: string): boolean {
  return /^(0|[1-9]\d{0,4})$/.test(name) && Number(name) < DOMID_FIRST_RESERVED;
}
