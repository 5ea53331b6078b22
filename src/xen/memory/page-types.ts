/** HVMMEM_* (xen/hvm/hvm_op.h): the types that a device model can set for a guest's page. */
export const pageTypes = { ramRw: 0, ramRo: 1, mmioDm: 2, ioreqServer: 4 } as const;

/** Types of guest frames that a device model set. Frames without an entry are RAM or absent. */
export class PageTypes {
  readonly #types = new Map<number, number>();

  get(frame: number): number | undefined {
    return this.#types.get(frame);
  }

  set(frame: number, type: number): void {
    if (type === pageTypes.ramRw) this.#types.delete(frame);
    else this.#types.set(frame, type);
  }

  /** Called when the frame shows another page, or none. */
  forget(frame: number): void {
    this.#types.delete(frame);
  }
}
