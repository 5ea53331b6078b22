import { readlinkSync } from 'node:fs';
import type { MadeMmap } from '../../caller/next-mmap.ts';
import type { Ptracer } from '../../caller/ptracer.ts';
import { stopCaller } from '../../caller/stop.ts';
import type { FileRequest } from '../../fuse/file-request.ts';
import { DEFERRED } from '../../fuse/node.ts';
import { mapPages, type PageMap } from './map-pages.ts';

/** The mapping that a device's ioctl has prepared for the following mmap. */
export interface Prepared {
  /** Name of the device's file. */
  readonly device: string;
  /** The file offset that the caller must pass to mmap. */
  readonly offset: number;
  /** The pages to replace the caller's mapping with, or the -errno with which Linux's device refuses it. */
  maps(mmap: MadeMmap): readonly PageMap[] | number;
  /** Called when the pages are mapped. */
  shared?(mmap: MadeMmap): void;
}

/**
 * Answers an ioctl with 0 and maps guest memory itself when the caller then maps the device, as libxengnttab does right after its ioctl. If
 * the caller cannot be stopped or does something else, the mapping uses the device's read and write through the page cache: both sides then
 * see each other's bytes only when pages are read in and written back.
 */
export function shareAtMmap(ptracer: Ptracer, request: FileRequest, prepared: Prepared): number {
  const { tid } = request;
  const stop = stopCaller(ptracer, tid);
  if (stop === undefined) return 0;
  if (request.stillWaits?.() === false) {
    stop.finish(); // as in privcmd/caller-work.ts
    return DEFERRED;
  }
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

/** Whether a path from /proc is the device's. The kernel marks it "(deleted)" after a new lookup of the name. */
export function isDeviceFile(path: string, device: string): boolean {
  return path.replace(/ \(deleted\)$/, '').endsWith(`/xen/${device}`);
}

/** Whether a descriptor of the caller is the device, by the name under which it was opened. */
function isDevice(tid: number, fd: number, device: string): boolean {
  try {
    return isDeviceFile(readlinkSync(`/proc/${tid}/fd/${fd}`), device);
  } catch {
    return false;
  }
}
