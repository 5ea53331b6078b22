import { constants } from 'node:fs';
import type { CallerMemory } from '../../caller/memory.ts';
import type { Ptracer } from '../../caller/ptracer.ts';
import { stopCaller } from '../../caller/stop.ts';
import type { Attributes, FsNode } from '../../fuse/node.ts';
import type { PathCall } from '../../linux/arch/x86-64/path-calls.ts';
import { errno } from '../../linux/errno.ts';
import { close } from '../../linux/io.ts';
import { O_PATH, openFile } from '../../linux/open-file.ts';
import { withPtraceRight } from '../../linux/process/ptrace-right.ts';
import type { CallRequest } from './call-request.ts';
import type { HandedFiles } from './handed-files.ts';
import { type Names, type Place, placeOf } from './names.ts';
import type { StandIns } from './stand-ins.ts';
import { statBytes } from './stat-bytes.ts';

const PATH_MAX = 4096;
/** Read first: most paths are short. */
const SHORT = 256;
const AT_FDCWD = -100;
const AT_EMPTY_PATH = 0x1000;
const O_CLOEXEC = 0o2000000;
const O_ACCMODE = 3;
/** Includes O_DIRECTORY. */
const O_TMPFILE = 0o20200000;
const { O_CREAT, O_EXCL, O_DIRECTORY, O_RDONLY, O_RDWR, O_WRONLY, S_IFMT } = constants;
/** access(2) */
const MAY = { READ: 4, WRITE: 2, EXECUTE: 1 } as const;

const TYPE_OF_KIND = { directory: constants.S_IFDIR, file: constants.S_IFREG } as const;

export interface FileCallsOptions {
  names: Names;
  files: HandedFiles;
  standIns: StandIns;
  /** Attached to the caller of the request. */
  memory: CallerMemory;
  ptracer: Ptracer;
  note(text: string): void;
}

const bytes = Buffer.alloc(PATH_MAX);

/**
 * Answers calls that name files. The path is read once; if the caller changes it meanwhile, the answer is for the old or the new path. If
 * the path is not ours, the kernel executes the call with the caller's own rights, and reads the path again.
 */
export class FileCalls {
  readonly #options: FileCallsOptions;
  readonly #startTime = Date.now();

  constructor(options: FileCallsOptions) {
    this.#options = options;
  }

  /** Answers the call, or lets the kernel execute it. */
  serve(request: CallRequest, what: PathCall): void {
    const { call } = request;
    const place = this.#place(request, what);
    if (place === undefined) {
      call.letPass();
      return;
    }
    const node = this.#options.names.find(place, request);
    const result = typeof node === 'number' && what.use !== 'open' ? node : this.#perform(request, what, place, node);
    if (result !== undefined) call.answer(result);
  }

  /** Undefined: the call is already answered. */
  #perform(request: CallRequest, what: PathCall, place: Place, node: FsNode | number): number | undefined {
    const { call } = request;
    switch (what.use) {
      case 'open':
        return this.#open(request, place, node, what.fixed ?? call.int(what.flags ?? 0));
      case 'openat2': {
        const how = Buffer.alloc(24);
        const count = this.#options.memory.copyFromUser(call.arguments[what.buffer ?? 0]!, how, 0, how.length);
        return count < how.length ? -errno.EFAULT : this.#open(request, place, node, how.readInt32LE(0));
      }
      case 'stat':
        return typeof node === 'number' ? node : this.#stat(request, what, place, node);
      case 'access':
        return typeof node === 'number' ? node : mayAccess(request, node, call.int(what.mode ?? 0)) ? 0 : -errno.EACCES;
      case 'readlink':
        return -errno.EINVAL; // links appear as the device that they lead to
      case 'attribute':
        return -errno.EOPNOTSUPP;
      case 'chdir':
        return this.#enter(request, place, node);
      default:
        return what.use satisfies never;
    }
  }

  #place({ call }: CallRequest, { path, directory, use, flags }: PathCall): Place | undefined {
    const descriptor = directory === undefined ? AT_FDCWD : call.int(directory);
    const text = path === undefined ? '' : this.#text(call.arguments[path]!);
    if (text === undefined) return undefined; // the kernel refuses it
    const { names, standIns } = this.#options;
    if (text !== '') return names.place(call.tid, descriptor, text, standIns.used);
    const aboutDescriptor = path === undefined || (flags !== undefined && (call.int(flags) & AT_EMPTY_PATH) !== 0);
    return use === 'stat' && aboutDescriptor ? this.#placeOfDescriptor(call.tid, descriptor) : undefined;
  }

  /** A descriptor that was handed over has the attributes of its name, as behind a mount: cp compares them. */
  #placeOfDescriptor(tid: number, descriptor: number): Place | undefined {
    const { names, files, standIns } = this.#options;
    const handed = withPtraceRight(() => files.find(tid, descriptor));
    if (handed !== undefined) return placeOf(handed.path);
    return standIns.used ? names.placeOfStandIn(tid, descriptor) : undefined;
  }

  /** A path of the caller; undefined if it cannot be read or is too long. */
  #text(address: number): string | undefined {
    const { memory } = this.#options;
    let have = 0;
    for (const wanted of [SHORT, PATH_MAX]) {
      have += memory.copyFromUser(address + have, bytes, have, wanted - have);
      const end = bytes.subarray(0, have).indexOf(0);
      if (end >= 0) return bytes.toString('utf8', 0, end);
      if (have < wanted) return undefined;
    }
    return undefined;
  }

  #open(request: CallRequest, place: Place, found: FsNode | number, flags: number): number | undefined {
    const { call } = request;
    const { names, files, standIns } = this.#options;
    const wants = flags & O_ACCMODE;
    if (typeof found === 'number') return found === -errno.ENOENT && (flags & O_CREAT) !== 0 ? -errno.EACCES : found;
    if ((flags & (O_CREAT | O_EXCL)) === (O_CREAT | O_EXCL)) return -errno.EEXIST;
    const { directory, name } = place;
    // A descriptor with O_PATH cannot be sent: the caller gets an empty file instead.
    const onlyName = (flags & O_PATH) !== 0;
    if (found.kind === 'directory') {
      if (!onlyName && (flags & O_TMPFILE) === O_TMPFILE) {
        if (wants === O_RDONLY) return -errno.EINVAL;
        return mayAccess(request, found, MAY.WRITE | MAY.EXECUTE) ? -errno.EOPNOTSUPP : -errno.EACCES; // as xenfs
      }
      if (!onlyName && (wants !== O_RDONLY || (flags & O_CREAT) !== 0)) return -errno.EISDIR;
      return this.#hand(request, standIns.open(directory), flags);
    }
    if ((flags & O_DIRECTORY) !== 0) return -errno.ENOTDIR;
    if (onlyName) return this.#hand(request, standIns.open(directory, name), flags);
    if (found.kind === 'symlink') {
      if (!mayAccess(request, found, rightsFor(flags))) return -errno.EACCES;
      return this.#hand(request, openFile(found.target(request), wants), flags);
    }
    const attributes = found.attributes(request);
    if (!mayAccess(request, found, rightsFor(flags))) return -errno.EACCES;
    // Looked up again, because a device decides at the first stat how to serve a traced program, and one of these ways needs a mount.
    const node = names.find(place, request);
    if (typeof node === 'number' || node.kind !== 'file') return -errno.ENOENT;
    const file = node.open(request, flags);
    if (typeof file === 'number') return file;
    if (!call.stillWaits()) {
      file.release?.(request);
      return -errno.EINTR; // it was not handed out
    }
    return this.#hand(request, files.make(`${directory}/${name}`, file, flags, attributes.mode & 0o777), flags);
  }

  /** Gives the caller a descriptor of ours, which is closed here; undefined, or -errno. */
  #hand({ call }: CallRequest, descriptor: number, flags: number): number | undefined {
    if (descriptor < 0) return descriptor;
    const handed = call.hand(descriptor, (flags & O_CLOEXEC) !== 0);
    close(descriptor);
    return handed < 0 ? handed : undefined;
  }

  #stat(request: CallRequest, { buffer, layout }: PathCall, { directory, name }: Place, node: FsNode): number {
    if (buffer === undefined || layout === undefined) return -errno.EINVAL;
    const attributes = withType(node, request);
    const stat = statBytes(layout, attributes, inodeOf(`${directory}/${name ?? ''}`), this.#startTime);
    const written = this.#options.memory.copyToUser(request.call.arguments[buffer]!, stat, 0, stat.length);
    return written < stat.length ? -errno.EFAULT : 0;
  }

  /** The caller itself must change its working directory: it is stopped, and made to call fchdir. */
  #enter(request: CallRequest, { directory }: Place, node: FsNode | number): number | undefined {
    const { call } = request;
    if (typeof node === 'number') return node;
    if (node.kind !== 'directory') return -errno.ENOTDIR;
    const { standIns, note } = this.#options;
    const ours = standIns.open(directory);
    if (ours < 0) return ours;
    const lent = call.lend(ours);
    close(ours);
    if (lent < 0) return lent;
    let reason = '';
    const stop = stopCaller(this.#options.ptracer, call.tid, (why) => {
      reason = why;
    });
    if (stop === undefined) note(`a program cannot go to ${directory}: ${reason}`);
    call.answer(stop === undefined ? -errno.EACCES : 0);
    let entered = 0n;
    stop?.finish({
      run: (make) => {
        entered = make('fchdir', lent);
        make('close', lent);
      },
      returnAfter: () => (entered < 0n ? entered : undefined),
    });
    return undefined;
  }
}

/** The access(2) rights that open(2) needs. */
function rightsFor(flags: number): number {
  const wants = flags & O_ACCMODE;
  return wants === O_RDWR ? MAY.READ | MAY.WRITE : wants === O_WRONLY ? MAY.WRITE : MAY.READ;
}

/** The only links lead to devices, and appear as these. */
const DEVICE_MODE = constants.S_IFCHR | 0o600;

function withType(node: FsNode, request: CallRequest): Attributes {
  const attributes = node.attributes(request);
  if (node.kind === 'symlink') return { ...attributes, mode: DEVICE_MODE, size: 0, nlink: 1 };
  const hasType = (attributes.mode & S_IFMT) !== 0;
  const nlink = attributes.nlink ?? (node.kind === 'directory' ? 2 : 1);
  return { ...attributes, nlink, mode: hasType ? attributes.mode : attributes.mode | TYPE_OF_KIND[node.kind] };
}

/** Checks the file's mode as the kernel does; root may do everything except execute. */
function mayAccess(request: CallRequest, node: FsNode, rights: number): boolean {
  const { mode, uid = 0, gid = 0 } = withType(node, request);
  if (request.uid === 0) return (rights & MAY.EXECUTE) === 0 || (mode & 0o111) !== 0;
  const shift = request.uid === uid ? 6 : request.gid === gid ? 3 : 0;
  return ((mode >> shift) & rights) === rights;
}

/** An inode number derived from the path. */
function inodeOf(path: string): number {
  let number = 7;
  for (const letter of path) number = (number * 31 + letter.charCodeAt(0)) % 2 ** 31;
  return number;
}
