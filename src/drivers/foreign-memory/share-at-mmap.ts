import { readlinkSync } from 'node:fs';
import type { MadeMmap } from '../../caller/next-mmap.ts';
import { stopCaller } from '../../caller/stop.ts';
import { DEFERRED } from '../../fuse/node.ts';
import type { Request } from '../../fuse/request.ts';
import { mapPages, type PageMap } from './map-pages.ts';

/** What a device's ioctl has prepared for the mmap that follows it. */
export interface Prepared {
  /** Name of the device's file. */
  readonly device: string;
  /** Where in the file the caller is to map it. */
  readonly offset: number;
  /** The pages to put in place of the caller's mapping; or the -errno with which Linux's device refuses it. */
  maps(mmap: MadeMmap): readonly PageMap[] | number;
  /** They are there. */
  shared?(mmap: MadeMmap): void;
}

/**
 * Answers an ioctl with 0 and puts guest memory itself where the caller then maps the device, as libxengnttab does right behind its
 * ioctl. Where the caller cannot be stopped or does something else, the mapping is left to the device's read and write, through
 * the page cache: both sides then see each other's bytes only when the pages are fetched and brought back.
 */
export function shareAtMmap(request: Request, prepared: Prepared): number {
  const { tid } = request;
  const stop = stopCaller(tid);
  if (stop === undefined) return 0;
  request.replyIoctl(0);
  stop.finish({
    nextMmap: {
      wants: (fd, offset) => offset === prepared.offset && isDevice(tid, fd, prepared.device),
      made(call, mmap) {
        const maps = prepared.maps(mmap);
        if (typeof maps === 'number') {
          call('munmap', mmap.address, mmap.length);
          return BigInt(maps);
        }
        if (maps.every((map) => mapPages(call, tid, map) === 0)) prepared.shared?.(mmap);
        return undefined;
      },
    },
  });
  return DEFERRED;
}

/** Whether a path as /proc shows it is the device's. The kernel calls it deleted once it has looked the name up anew. */
export function isDeviceFile(path: string, device: string): boolean {
  return path.replace(/ \(deleted\)$/, '').endsWith(`/xen/${device}`);
}

/** Whether a descriptor of the caller is the device: by the name under which it was opened. */
function isDevice(tid: number, fd: number, device: string): boolean {
  try {
    return isDeviceFile(readlinkSync(`/proc/${tid}/fd/${fd}`), device);
  } catch {
    return false;
  }
}
