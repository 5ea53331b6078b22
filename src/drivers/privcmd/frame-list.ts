/** The frames of one batch and the error of each, 0 for success. The arrays may be longer than the batch. */
export class FrameList {
  readonly frames: BigUint64Array<ArrayBuffer>;
  readonly errors: Int32Array<ArrayBuffer>;
  /** The same memory as bytes, and the frames as pairs of 32 bits: a bigint for each frame would cost more than everything else. */
  readonly frameBytes: Uint8Array;
  readonly frameHalves: Uint32Array;
  readonly errorBytes: Uint8Array;

  constructor(capacity: number) {
    this.frames = new BigUint64Array(capacity);
    this.errors = new Int32Array(capacity);
    this.frameBytes = new Uint8Array(this.frames.buffer);
    this.frameHalves = new Uint32Array(this.frames.buffer);
    this.errorBytes = new Uint8Array(this.errors.buffer);
  }

  frame(index: number): number {
    return this.frameHalves[2 * index + 1]! * 2 ** 32 + this.frameHalves[2 * index]!;
  }
}
