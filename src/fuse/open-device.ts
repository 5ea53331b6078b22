import { closeSync, fstatSync, openSync } from 'node:fs';

/** Character device 10:229 (Linux's devices.txt) as stat(2) packs it. */
const FUSE_DEVICE = (10 << 8) | 229;

/**
 * Opens /dev/fuse; a descriptor. Throws the error of open(2), or ENODEV if another file has that name: mount(2) would refuse it with
 * EINVAL, which says nothing.
 */
export function openFuseDevice(): number {
  const descriptor = openSync('/dev/fuse', 'r+');
  const stat = fstatSync(descriptor);
  if (stat.isCharacterDevice() && stat.rdev === FUSE_DEVICE) return descriptor;
  closeSync(descriptor);
  throw Object.assign(new Error('/dev/fuse is another file'), { code: 'ENODEV' });
}
