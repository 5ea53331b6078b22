/** HVMMEM_* (xen/hvm/hvm_op.h): what a device model makes of a guest's page. */
export const pageTypes = { ramRw: 0, ramRo: 1, mmioDm: 2, ioreqServer: 4 } as const;

/** Types of guest frames that a device model set, where they are not what they are by themselves: RAM, or not there. */
export class PageTypes {
  readonly #types = new Map<number, number>();

  get(frame: number): number | undefined {
    return this.#types.get(frame);
  }

  set(frame: number, type: number): void {
    if (type === pageTypes.ramRw) this.#types.delete(frame);
    else this.#types.set(frame, type);
  }

  /** The frame shows another page, or none. */
  forget(frame: number): void {
    this.#types.delete(frame);
  }
}
