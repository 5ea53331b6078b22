import { FrameTable } from './frame-table.ts';

/** Value in the table for a frame that shows the page with its own number. Higher values are positions in `others`, counted from 1. */
const OWN_PAGE = 0;

/** The page of the store that each guest frame of a translated domain shows: the page with its own number, or another one. */
export class ShownPages {
  /** Highest frame that ever showed one. */
  highest = 0;
  readonly #table = new FrameTable();
  #others: number[] = [];
  readonly #freePlaces: number[] = [];

  /** The page of a frame; undefined if it shows none. */
  get(frame: number): number | undefined {
    const value = this.#table.get(frame);
    if (value === undefined || value === OWN_PAGE) return value === undefined ? undefined : frame;
    return this.#others[value - 1];
  }

  /** How many of the frames from `start` to before `end` show a page. */
  count(start: number, end: number): number {
    return this.#table.count(start, end);
  }

  showOwn(frame: number): void {
    this.#set(frame, OWN_PAGE);
  }

  /** Makes the frames from 0 to before `count` show their own pages. Only once, when no frame shows a page. Returns `count`. */
  showOwnAtBoot(count: number): number {
    this.#table.setRun(0, count, OWN_PAGE, 0);
    this.highest = count - 1;
    return count;
  }

  /** Makes a frame that shows no page show another page. */
  show(frame: number, page: number): void {
    const place = this.#freePlaces.pop() ?? this.#others.length;
    this.#others[place] = page;
    this.#set(frame, place + 1);
  }

  /** Makes a frame show no page; returns whether it showed one. */
  drop(frame: number): boolean {
    const value = this.#table.get(frame);
    if (value === undefined) return false;
    if (value !== OWN_PAGE) {
      this.#others[value - 1] = -1;
      this.#freePlaces.push(value - 1);
    }
    return this.#table.delete(frame);
  }

  /** The frame that shows another frame's page; undefined if there is none. */
  frameOf(page: number): number | undefined {
    const place = this.#others.lastIndexOf(page);
    if (place < 0) return undefined;
    for (const [frame, value] of this.#table.entries()) if (value === place + 1) return frame;
    return undefined;
  }

  clear(): void {
    this.#table.clear();
    this.#others = [];
    this.#freePlaces.length = 0;
  }

  /** The frame shows, or showed, something. */
  raise(frame: number): void {
    this.highest = Math.max(this.highest, frame);
  }

  #set(frame: number, value: number): void {
    this.#table.set(frame, value);
    this.raise(frame);
  }
}
