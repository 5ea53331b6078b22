import type { DirtyLog } from './dirty-log.ts';
import { PageAccess } from './page-access.ts';
import { PageTypes } from './page-types.ts';

/**
 * Properties of single frames of a domain: the access rights of its vcpus, a type that a device model set, whether it is dirty. Most domains
 * have none.
 */
export class FrameProperties {
  /** Undefined until dirty pages are first logged (shadow_op). */
  dirty: DirtyLog | undefined;
  #accesses: PageAccess | undefined;
  #types: PageTypes | undefined;

  /** The access rights of vcpus by frame; undefined: all rights. */
  get access(): PageAccess | undefined {
    return this.#accesses;
  }

  /** The same, created if necessary, to restrict them. */
  restrictAccess(): PageAccess {
    this.#accesses ??= new PageAccess();
    return this.#accesses;
  }

  /** The type (HVMMEM_*) of the frame that a device model set. */
  type(frame: number): number | undefined {
    return this.#types?.get(frame);
  }

  setType(frame: number, type: number): void {
    this.#types ??= new PageTypes();
    this.#types.set(frame, type);
  }

  /** Called when the frame no longer shows a page. */
  forgetType(frame: number): void {
    this.#types?.forget(frame);
  }

  /** Called when the frame shows another page: it loses its type, and gets the listener's default access. */
  reset(frame: number): void {
    this.#types?.forget(frame);
    this.#accesses?.set(frame, 1, this.#accesses.initial);
  }

  clear(): void {
    this.dirty = undefined;
    this.#accesses = undefined;
    this.#types = undefined;
  }
}
