import type { Struct } from '../../abi/layout.ts';
import { type Directory, isDirectory, type Node } from './tree.ts';

/** A struct xen_hypfs_direntry. */
export function entryOf(node: Node, length: number, struct: Struct): Uint8Array {
  const bytes = new Uint8Array(struct.size);
  const view = new DataView(bytes.buffer);
  struct.field('type').set(view, node.type);
  struct.field('encoding').set(view, isDirectory(node) ? 0 : node.encoding);
  struct.field('content_len').set(view, length);
  struct.field('max_write_len').set(view, isDirectory(node) ? 0 : node.maxWrite);
  return bytes;
}

/** struct xen_hypfs_dirlistentry: an entry, u16 off_next, and the name right behind it, padded to four bytes. */
const ENTRY_BYTES = 12;
const NAME_OFFSET = ENTRY_BYTES + 2;

/** What reading a directory gives. */
export function listing(directory: Directory): Uint8Array {
  const entries = directory.entries();
  const sizes = entries.map(
    ([name]) => NAME_OFFSET + Math.max(directory.nameRoom ?? 0, Math.ceil((name.length + 1) / 4) * 4),
  );
  const bytes = new Uint8Array(sizes.reduce((sum, size) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [index, [name, node]] of entries.entries()) {
    const size = sizes[index] ?? 0;
    view.setUint8(at, node.type);
    view.setUint8(at + 1, isDirectory(node) ? 0 : node.encoding);
    view.setUint32(at + 4, (isDirectory(node) ? listing(node) : node.read()).length, true);
    view.setUint32(at + 8, isDirectory(node) ? 0 : node.maxWrite, true);
    view.setUint16(at + ENTRY_BYTES, index === entries.length - 1 ? 0 : size, true);
    bytes.set(new TextEncoder().encode(name), at + NAME_OFFSET);
    at += size;
  }
  return bytes;
}
