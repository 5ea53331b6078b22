import type { FileNode, OpenFile } from '../fuse/node.ts';
import type { Domain } from '../xen/domain.ts';
import { errno } from '../xen/errno.ts';
import type { Owner } from './dmesg.ts';
import { textFile } from './xenfs.ts';

const S_IFREG = 0o100000;
const O_ACCMODE = 3;
const PAGE = 4096;
/** What printk's %p shows of a kernel address before there is entropy; Linux 6.1 at boot. */
const READ_TEXT = '0x(____ptrval____)';

/** The event channel between dom0's kernel and xenstored. */
export interface XenstoreChannel {
  /** The kernel's end. */
  port: number;
}

/** /proc/xen/xsd_port: dom0's end of xenstore's event channel, without a newline (oxenstored would die of one). */
export function xsdPort(channel: XenstoreChannel, owner: Owner): FileNode {
  return textFile(0o600, () => String(channel.port), owner);
}

/**
 * /proc/xen/xsd_kva: dom0's xenstore ring. Opened for reading it is a line of text, opened for writing a page to mmap, for
 * which the kernel must believe that the file has one: its size is 4096, not 0 as on Xen.
 */
export function xsdKva(owner: Owner): FileNode {
  const page = new Uint8Array(PAGE);
  const ring: OpenFile = {
    pageCache: true,
    read(_request, offset, into) {
      const part = page.subarray(offset, offset + into.length);
      into.set(part);
      return part.length;
    },
    write(_request, offset, data) {
      if (offset + data.length > PAGE) return -errno.EFBIG;
      page.set(data, offset);
      return data.length;
    },
  };
  const text = textFile(0o600, () => READ_TEXT, owner);
  return {
    kind: 'file',
    attributes: () => ({ mode: S_IFREG | 0o600, size: PAGE, ...owner }),
    setAttributes: () => 0,
    open: (request, flags) => ((flags & O_ACCMODE) === 0 ? text.open(request, flags) : ring),
  };
}

/** The channel that dom0's kernel left unbound for xenstored: its first one to itself. Before any program runs. */
export function xenstoreChannel({ id, eventChannels }: Domain): XenstoreChannel {
  const port = eventChannels.ports().find((each) => {
    const channel = eventChannels.get(each);
    return channel?.state === 'unbound' && channel.remoteId === id;
  });
  return { port: port ?? 0 };
}
