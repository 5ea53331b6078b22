import type { AlternateViews } from './alternate-views.ts';
import type { DirtyLog } from './dirty-log.ts';
import { PageAccess } from './page-access.ts';
import { PageTypes } from './page-types.ts';
import { PermittedDevices } from './permitted-devices.ts';

/**
 * Properties of single frames of a domain: the access rights of its vcpus, a type that a device model set, a device that they show, whether
 * they are dirty. Most domains have none.
 */
export class FrameProperties {
  /** Undefined until dirty pages are first logged (shadow_op). @internal */
  dirty: DirtyLog | undefined;
  /** Undefined while altp2m is off. @internal */
  views: AlternateViews | undefined;
  #accesses: PageAccess | undefined;
  #types: PageTypes | undefined;
  #devices: PermittedDevices | undefined;

  /** The access rights of vcpus by frame; undefined: all rights. */
  get access(): PageAccess | undefined {
    return this.#accesses;
  }

  /** The same, created if necessary, to restrict them. */
  restrictAccess(): PageAccess {
    this.#accesses ??= new PageAccess();
    return this.#accesses;
  }

  /** Sets the access rights to `count` frames. False if they are too many. */
  setAccess(frame: number, count: number, access: number): boolean {
    this.views?.guestChanged(frame, count, access);
    return this.restrictAccess().set(frame, count, access);
  }

  /** The type (HVMMEM_*) of the frame that a device model set. */
  type(frame: number): number | undefined {
    return this.#types?.get(frame);
  }

  setType(frame: number, type: number): void {
    this.#types ??= new PageTypes();
    this.#types.set(frame, type);
  }

  /** The machine's devices that the domain may use, and those that its frames show. */
  get devices(): PermittedDevices {
    this.#devices ??= new PermittedDevices();
    return this.#devices;
  }

  /** Whether the domain may use any device. */
  get mayUseDevices(): boolean {
    return this.#devices !== undefined && !(this.#devices.ports.isEmpty && this.#devices.frames.isEmpty);
  }

  /** The device's frame that a frame shows. */
  device(frame: number): number | undefined {
    return this.#devices?.shown.get(frame);
  }

  /** One of `count` frames from `first` on that shows a device; undefined: none does. */
  deviceWithin(first: number, count: number): number | undefined {
    for (const frame of this.#devices?.shown.keys() ?? []) if (frame >= first && frame < first + count) return frame;
    return undefined;
  }

  /** Called when the frame no longer shows a page. */
  forgetType(frame: number): void {
    this.views?.guestLost(frame);
    this.#types?.forget(frame);
  }

  /** Called when the frame shows another page: it loses its type, and gets the listener's default access. */
  reset(frame: number): void {
    this.#types?.forget(frame);
    this.#accesses?.set(frame, 1, this.#accesses.initial);
  }

  clear(): void {
    this.dirty = undefined;
    this.views = undefined;
    this.#accesses = undefined;
    this.#types = undefined;
    this.#devices = undefined;
  }
}
