import { constants } from 'node:fs';
import type { FileNode } from '../fuse/node.ts';
import type { Domain } from '../xen/domain/domain.ts';
import { PAGE_SIZE } from '../xen/memory/heap.ts';
import type { Owner } from './dmesg.ts';
import { pageFile } from './page-file.ts';
import { textFile } from './xenfs.ts';

const { S_IFREG } = constants;

const O_ACCMODE = 3;
/** Output of printk's %p for a kernel address before there is entropy; Linux 6.1 at boot. */
const READ_TEXT = '0x(____ptrval____)';

/** The page and event channel that connect dom0's kernel and xenstored. */
export interface XenstoreChannel {
  /** The kernel's end of the event channel. */
  port: number;
  /** Machine frame of the ring's page, allocated at the first use. Undefined if there was no memory for it. */
  page(): number | undefined;
}

/** /proc/xen/xsd_port: dom0's end of xenstore's event channel, without a newline, which would crash oxenstored. */
export function xsdPort(channel: XenstoreChannel, owner: Owner): FileNode {
  return textFile(0o600, () => String(channel.port), owner);
}

/**
 * /proc/xen/xsd_kva: dom0's xenstore ring. Opened for reading, it is a line of text; opened for writing, a page to mmap. Its size is 4096
 * instead of Xen's 0, since FUSE allows mmap only within the file size.
 */
export function xsdKva({ memory }: Domain, channel: XenstoreChannel, owner: Owner): FileNode {
  const ring = pageFile(memory, () => channel.page());
  const text = textFile(0o600, () => READ_TEXT, owner);
  return {
    kind: 'file',
    attributes: () => ({ mode: S_IFREG | 0o600, size: PAGE_SIZE, ...owner }),
    setAttributes: () => 0,
    open: (request, flags) => ((flags & O_ACCMODE) === 0 ? text.open(request, flags) : ring),
  };
}

/** The channel that dom0's kernel allocates for xenstored before any program runs: its first one to itself, unbound. */
export function xenstoreChannel({ id, eventChannels, memory }: Domain): XenstoreChannel {
  const port = eventChannels.ports().find((each) => {
    const channel = eventChannels.get(each);
    return channel?.state === 'unbound' && channel.remoteId === id;
  });
  let mfn: number | undefined;
  const page = () => {
    mfn ??= memory.special.add();
    return mfn;
  };
  return { port: port ?? 0, page };
}
