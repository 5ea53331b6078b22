import { closeSync } from 'node:fs';
import { type PreparedMount, prepareMount } from '../../src/fuse/mount.ts';
import type { MountOptions } from '../../src/fuse/mount-options.ts';

/**
 * Opens /dev/fuse and mounts it on an existing directory. The caller must serve `fd` at once: until then every access to the
 * directory blocks, so this thread must not access it.
 */
export function mountFuse(path: string, options: MountOptions = {}): Omit<PreparedMount, 'mount'> {
  const prepared = prepareMount(path, options);
  try {
    prepared.mount();
  } catch (error) {
    closeSync(prepared.fd);
    throw error;
  }
  return prepared;
}
