import { pageTypes } from '../memory/page-types.ts';
import type { Domain } from './domain.ts';
import { IoreqServers } from './ioreq-servers.ts';

/** The changes that device models made to an HVM domain. Few domains have this, so that ten thousand others stay small. */
export class DeviceModel {
  readonly servers: IoreqServers;
  /** Virtual CPUs for which an event is waiting until they run. */
  readonly injected = new Set<number>();
  /** The number of the emulated interrupt for messages without a vector, once there was one. */
  messagePirq: number | undefined;
  /** Video memory whose changes are tracked. */
  videoMemory: { readonly first: number; readonly count: number } | undefined;
  /** Frames in it that became plain RAM afterwards, and are not tracked. */
  readonly untracked = new Set<number>();
  /** Cache attributes that are pinned for ranges of guest frames. */
  pinned: readonly { readonly start: number; readonly end: number; readonly type: number }[] = [];

  constructor(domain: Domain) {
    this.servers = new IoreqServers(domain);
  }
}

/** The type of a guest frame as reported by HVMOP_get_mem_type: RAM whose changes are logged is read-only. */
export function visibleType({ memory, deviceModel }: Domain, frame: number): number {
  const type = memory.typeOf(frame);
  if (type !== pageTypes.ramRw) return type;
  const video = deviceModel?.videoMemory;
  const tracked =
    video !== undefined &&
    frame >= video.first &&
    frame < video.first + video.count &&
    !deviceModel?.untracked.has(frame);
  return memory.properties.dirty?.on === true || tracked ? pageTypes.ramRo : type;
}
