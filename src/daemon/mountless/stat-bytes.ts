import type { Attributes } from '../../fuse/node.ts';
import type { StatLayout } from '../../linux/arch/x86-64/path-calls.ts';

/** Fields of a layout: offset, and size in bytes. */
type Fields = Partial<Record<Field, readonly [offset: number, size: 2 | 4 | 8]>>;
type Field =
  | 'mask'
  | 'device'
  | 'inode'
  | 'inode32'
  | 'links'
  | 'mode'
  | 'uid'
  | 'gid'
  | 'size'
  | 'blockSize'
  | 'blocks'
  | 'accessed'
  | 'modified'
  | 'changed';

/** struct stat and struct stat64 (asm/stat.h), struct statx (linux/stat.h). */
const LAYOUTS: Readonly<Record<StatLayout, { bytes: number; fields: Fields }>> = {
  stat: {
    bytes: 144,
    fields: {
      device: [0, 8],
      inode: [8, 8],
      links: [16, 8],
      mode: [24, 4],
      uid: [28, 4],
      gid: [32, 4],
      size: [48, 8],
      blockSize: [56, 8],
      blocks: [64, 8],
      accessed: [72, 8],
      modified: [88, 8],
      changed: [104, 8],
    },
  },
  stat64: {
    bytes: 96,
    fields: {
      device: [0, 8],
      inode32: [12, 4],
      mode: [16, 4],
      links: [20, 4],
      uid: [24, 4],
      gid: [28, 4],
      size: [44, 8],
      blockSize: [52, 4],
      blocks: [56, 8],
      accessed: [64, 4],
      modified: [72, 4],
      changed: [80, 4],
      inode: [88, 8],
    },
  },
  statx: {
    bytes: 256,
    fields: {
      mask: [0, 4],
      blockSize: [4, 4],
      links: [16, 4],
      uid: [20, 4],
      gid: [24, 4],
      mode: [28, 2],
      inode: [32, 8],
      size: [40, 8],
      blocks: [48, 8],
      accessed: [64, 8],
      changed: [96, 8],
      modified: [112, 8],
      device: [140, 4],
    },
  },
};

/** STATX_BASIC_STATS */
const BASIC = 0x7ff;

/** A device number without a real file system, as procfs has one: major number 0, and a minor number that Linux does not use. */
const DEVICE = 0xfe;

/** A file's attributes as a call returns them. */
export function statBytes(layout: StatLayout, attributes: Attributes, inode: number, now: number): Uint8Array {
  const { bytes, fields } = LAYOUTS[layout];
  const view = new DataView(new ArrayBuffer(bytes));
  const { mode, size, uid = 0, gid = 0, nlink = 1, mtime = now } = attributes;
  const seconds = Math.floor(mtime / 1000);
  const values: Record<Field, number> = {
    mask: BASIC,
    device: DEVICE,
    inode,
    inode32: inode,
    links: nlink,
    mode,
    uid,
    gid,
    size,
    blockSize: 4096,
    blocks: 0,
    accessed: seconds,
    modified: seconds,
    changed: seconds,
  };
  for (const [field, [offset, width]] of Object.entries(fields) as [Field, [number, number]][]) {
    if (width === 8) view.setBigUint64(offset, BigInt(values[field]), true);
    else if (width === 4) view.setUint32(offset, values[field], true);
    else view.setUint16(offset, values[field], true);
  }
  return new Uint8Array(view.buffer);
}
