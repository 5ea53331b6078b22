import { FrameTable } from './frame-table.ts';
import { ACCESS_RWX, type PageAccess } from './page-access.ts';

/** MAX_ALTP2M: view 0, which shows the guest as it is, and nine others. */
const MOST_VIEWS = 10;
const SUPPRESS_VE = 16;
const ACCESS_MASK = 15;

/** The access rights of a virtual CPU to guest frames. */
export type AccessRights = Pick<PageAccess, 'get'> & { set(frame: number, count: number, access: number): boolean };

/** What a view says about a frame. */
export interface ViewEntry {
  readonly access: number;
  /** The guest frame whose page it shows. */
  readonly target: number;
  /** No virtualization exception (#VE) is raised for it. */
  readonly suppressVe: boolean;
}

/** A view of a guest's memory (altp2m): it has entries of its own for some frames, and gets others from the guest when it needs them. */
export class View implements AccessRights {
  /** A virtual CPU may switch to it. */
  visible = true;
  /** The access that XENMEM_access_default stands for when all frames are asked about. */
  readonly initial: number;
  readonly #guest: () => PageAccess | undefined;
  readonly #entries = new FrameTable();
  readonly #targets = new Map<number, number>();
  /** The lowest and highest frame so far whose page another frame shows. */
  #remapped = { low: Number.POSITIVE_INFINITY, high: 0 };

  constructor(initial: number, guest: () => PageAccess | undefined) {
    this.initial = initial;
    this.#guest = guest;
  }

  /** Its own entry; undefined: it has none. */
  own(frame: number): ViewEntry | undefined {
    const value = this.#entries.get(frame);
    if (value === undefined) return undefined;
    const target = this.#targets.get(frame) ?? frame;
    return { access: value & ACCESS_MASK, target, suppressVe: (value & SUPPRESS_VE) !== 0 };
  }

  /** The entry that it has or would get. */
  entry(frame: number): ViewEntry {
    return this.own(frame) ?? { access: this.#guest()?.get(frame) ?? ACCESS_RWX, target: frame, suppressVe: true };
  }

  put(frame: number, { access, target, suppressVe }: ViewEntry): void {
    this.#entries.set(frame, access | (suppressVe ? SUPPRESS_VE : 0));
    if (target === frame) {
      this.#targets.delete(frame);
      return;
    }
    this.#targets.set(frame, target);
    const { low, high } = this.#remapped;
    this.#remapped = { low: Math.min(low, target), high: Math.max(high, target) };
  }

  drop(frame: number): void {
    this.#entries.delete(frame);
    this.#targets.delete(frame);
  }

  get(frame: number): number {
    return this.entry(frame).access;
  }

  set(frame: number, count: number, access: number): boolean {
    for (let each = frame; each < frame + count; each += 1) this.put(each, { ...this.entry(each), access });
    return true;
  }

  /** Called when the guest's rights to frames have changed: the view's own entries get the new rights. */
  guestChanged(frame: number, count: number, access: number): void {
    for (const each of count === 1 ? [frame] : this.#frames()) {
      const own = each >= frame && each < frame + count ? this.own(each) : undefined;
      if (own !== undefined) this.put(each, { ...own, target: each, access });
    }
  }

  *#frames(): IterableIterator<number> {
    for (const [frame] of this.#entries.entries()) yield frame;
  }

  /** Called when the guest's frame has lost its page. */
  guestLost(frame: number): void {
    const { low, high } = this.#remapped;
    if (frame < low || frame > high) {
      this.drop(frame);
      return;
    }
    // Another frame of the view may show that page: drop all entries.
    this.#entries.clear();
    this.#targets.clear();
    this.#remapped = { low: Number.POSITIVE_INFINITY, high: 0 };
  }
}

/** The views of a domain for which altp2m is on, and the one that each virtual CPU uses. */
export class AlternateViews {
  readonly #views: (View | undefined)[] = [];
  readonly #used: number[] = [];
  readonly #guest: () => PageAccess | undefined;
  /** Virtual CPUs with a page for virtualization exceptions (#VE). */
  readonly notified = new Set<number>();

  constructor(guest: () => PageAccess | undefined) {
    this.#guest = guest;
    this.create(guest()?.initial ?? ACCESS_RWX);
  }

  /** Returns the number of the new view; undefined: there are too many. */
  create(initial: number): number | undefined {
    for (let index = 0; index < MOST_VIEWS; index += 1) {
      if (this.#views[index] !== undefined) continue;
      this.#views[index] = new View(initial, this.#guest);
      return index;
    }
    return undefined;
  }

  get(index: number): View | undefined {
    return this.#views[index];
  }

  /** False if there is none, it is view 0, or a virtual CPU of this many uses it. */
  destroy(index: number, vcpus: number): boolean {
    if (index === 0 || this.#views[index] === undefined) return false;
    for (let vcpu = 0; vcpu < vcpus; vcpu += 1) if (this.used(vcpu) === index) return false;
    this.#views[index] = undefined;
    return true;
  }

  /** The number of the view that a virtual CPU uses. */
  used(vcpu: number): number {
    return this.#used[vcpu] ?? 0;
  }

  use(vcpu: number, index: number): void {
    if (this.#views[index] !== undefined) this.#used[vcpu] = index;
  }

  /** The view that a virtual CPU uses, unless it shows the guest as it is. */
  of(vcpu: number): View | undefined {
    const index = this.used(vcpu);
    return index === 0 ? undefined : this.#views[index];
  }

  guestChanged(frame: number, count: number, access: number): void {
    for (const view of this.#views) view?.guestChanged(frame, count, access);
  }

  guestLost(frame: number): void {
    for (const view of this.#views) view?.guestLost(frame);
  }
}
