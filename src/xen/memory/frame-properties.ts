import { PageAccess } from './page-access.ts';
import { PageTypes } from './page-types.ts';

/** What is said of single frames of a domain: the rights of its vcpus there, and a type that a device model gave. Most domains have neither. */
export class FrameProperties {
  #accesses: PageAccess | undefined;
  #types: PageTypes | undefined;

  /** What vcpus may do with each frame; undefined: everything. */
  get access(): PageAccess | undefined {
    return this.#accesses;
  }

  /** The same, to restrict it. */
  restrictAccess(): PageAccess {
    this.#accesses ??= new PageAccess();
    return this.#accesses;
  }

  /** The type (HVMMEM_*) that a device model gave the frame. */
  type(frame: number): number | undefined {
    return this.#types?.get(frame);
  }

  setType(frame: number, type: number): void {
    this.#types ??= new PageTypes();
    this.#types.set(frame, type);
  }

  /** The frame shows no page now. */
  forgetType(frame: number): void {
    this.#types?.forget(frame);
  }

  /** The frame shows another page than before: it has no type, and the access that the listener set as the default. */
  reset(frame: number): void {
    this.#types?.forget(frame);
    this.#accesses?.set(frame, 1, this.#accesses.initial);
  }

  clear(): void {
    this.#accesses = undefined;
    this.#types = undefined;
  }
}
