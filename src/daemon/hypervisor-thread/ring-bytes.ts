import type { Hypervisor } from '../../xen/hypervisor.ts';

/** The bytes of the console ring, oldest first. */
export function ringBytes({ console: { ring } }: Hypervisor): Uint8Array {
  const bytes = new Uint8Array(ring.total - ring.oldest);
  ring.read(ring.oldest, bytes);
  return bytes;
}
