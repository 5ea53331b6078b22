import { RangeSet } from '../domain/range-set.ts';

/** The machine's devices that a domain may use, and the device frames that its guest frames show. */
export class PermittedDevices {
  /** ioport_permission. */
  readonly ports = new RangeSet(Number.POSITIVE_INFINITY);
  /** iomem_permission. */
  readonly frames = new RangeSet(Number.POSITIVE_INFINITY);
  /** By guest frame: the device's frame. */
  readonly shown = new Map<number, number>();
}
