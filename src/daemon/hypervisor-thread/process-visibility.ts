import { lstatSync, readFileSync, type Stats } from 'node:fs';
import type { FileRequest } from '../../fuse/file-request.ts';
import { mountTable } from '../mount/mount-table.ts';

/** Values of procfs's mount option `hidepid` that leave processes of other users out of /proc (proc(5)). */
const HIDING = ['2', 'invisible', '4', 'ptraceable'];

/** Determines which processes a procfs shows to which caller: with hidepid=2, only to root, a group, and the process's own user. */
export class ProcessVisibility {
  readonly #real: string;
  /** Whether visibility depends on the caller. */
  readonly hides: boolean;
  readonly #group: number;

  /** `options`: the procfs's mount options. */
  constructor(real: string, options: readonly string[] = optionsOf(real)) {
    this.#real = real;
    this.hides = HIDING.includes(optionOf(options, 'hidepid') ?? '');
    this.#group = Number(optionOf(options, 'gid') ?? 0);
  }

  shows(name: string, { uid }: Stats, request: FileRequest): boolean {
    return !this.hides || !/^\d+$/.test(name) || request.uid === uid || this.#seesAll(request);
  }

  /** Like shows(), for the names of a listing, which it filters. Asks for a process only if the caller does not see all of them. */
  listed(names: readonly string[], request: FileRequest): readonly string[] {
    if (!this.hides || this.#seesAll(request)) return names;
    return names.filter((name) => {
      if (!/^\d+$/.test(name)) return true;
      try {
        return lstatSync(`${this.#real}/${name}`, { throwIfNoEntry: false })?.uid === request.uid;
      } catch {
        return false; // it has just ended
      }
    });
  }

  #seesAll({ uid, gid, tid }: FileRequest): boolean {
    return uid === 0 || gid === this.#group || (this.#group !== 0 && groupsOf(tid).includes(this.#group));
  }
}

function optionsOf(path: string): string[] {
  return mountTable().findLast((each) => each.path === path)?.options ?? [];
}

function optionOf(options: readonly string[], name: string): string | undefined {
  return options.find((option) => option.startsWith(`${name}=`))?.slice(name.length + 1);
}

function groupsOf(tid: number): number[] {
  try {
    const [, groups = ''] = /^Groups:\t(.*)$/m.exec(readFileSync(`/proc/${tid}/status`, 'latin1')) ?? [];
    return groups.split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}
