import { constants } from 'node:fs';
import type { FileRequest } from '../../fuse/file-request.ts';
import type { OpenFile } from '../../fuse/node.ts';
import { close, POLL, pwrite, setNonblocking } from '../../linux/io.ts';
import { chmodFile, isOnlyOpening, MFD, memfdCreate, sealSize } from '../../linux/memfd.ts';
import { type OpenIdentity, openFile, openIdentity } from '../../linux/open-file.ts';
import { socketPair } from '../../linux/socket-pair.ts';
import { Stream } from './stream.ts';

/** Files that programs read and poll as streams. All others are memory files. */
const STREAMS = new Set(['evtchn', 'xenbus']);

/** Flags of open(2) that apply to the descriptor that the caller gets. */
const O_ACCMODE = 3;
const KEPT = O_ACCMODE | constants.O_NONBLOCK | constants.O_APPEND;

/** If there are more files, those that no program has open are searched for and released. */
const FIRST_SWEEP = 64;

/** Largest file whose text is copied: Xen's ring has at most 2 MiB. */
const MOST_TEXT = 2 ** 24;

const PIECE = 2 ** 16;
const buffer = Buffer.alloc(PIECE);

/** An open file of a driver, and the kernel's file that the program has instead. */
interface Handed extends OpenIdentity {
  /** As programs know it. */
  readonly path: string;
  readonly file: OpenFile;
  /** For a memory file: our own descriptor of it. */
  readonly memory?: number;
  readonly stream?: Stream;
  /** The argument of the driver's poll(). */
  readonly handle: bigint;
  /** Bytes of text in the file. */
  length: number;
}

/**
 * The files that callers got. Text files, and devices with only ioctls and mappings (privcmd), are memory files. That of privcmd is empty,
 * so access to a mapping before pages are mapped raises SIGBUS, as with Linux's privcmd.
 *
 * At each call the kernel reports which file a descriptor refers to, by mount and inode number (openIdentity). The inode number of a memory
 * file is never reused, since Linux counts them in 64 bits. It belongs to one open file here, so opening it again through /proc/self/fd
 * gives the same file. The inode number of a socket is unique while our end exists.
 */
export class HandedFiles {
  readonly #files = new Map<number, Handed>();
  readonly #byHandle = new Map<bigint, Handed>();
  readonly #request: FileRequest;
  #nextHandle = 1n;
  #sweepAt = FIRST_SWEEP;
  /** Whether the set of streams, or the events to wait for, may have changed. */
  changed = true;

  /** `request`: for driver calls that no program has made. */
  constructor(request: FileRequest) {
    this.#request = request;
  }

  get streams(): Stream[] {
    return [...this.#files.values()].flatMap(({ stream }) => (stream === undefined ? [] : [stream]));
  }

  /** Makes a descriptor for an open file, to be handed to a caller and closed here; or -errno. `mode`: its permission bits. */
  make(path: string, file: OpenFile, flags: number, mode: number): number {
    if (this.#files.size >= this.#sweepAt) this.#sweep();
    return STREAMS.has(nameOf(path)) ? this.#makeStream(path, file, flags) : this.#makeMemory(path, file, flags, mode);
  }

  /** The open file behind a descriptor of a thread, as the kernel confirms; undefined if it is not ours. */
  find(tid: number, descriptor: number): Handed | undefined {
    if (tid <= 0 || descriptor < 0 || this.#files.size === 0) return undefined;
    const identity = openIdentity(tid, descriptor);
    if (identity === undefined) return undefined;
    const handed = this.#files.get(identity.inode);
    return handed?.mount === identity.mount ? handed : undefined;
  }

  /** Called when a device has something to read: see OpenFile.poll. */
  notify(handle: bigint): void {
    const handed = this.#byHandle.get(handle);
    if (handed === undefined) return;
    if (handed.stream === undefined) this.#append(handed);
    else handed.stream.pump();
    this.changed = true;
  }

  /** Passes on what programs have written to streams. Called before a call that may depend on it. */
  drain(): void {
    for (const stream of this.streams) {
      if (!stream.drain()) this.#drop(stream);
      else stream.pump();
    }
  }

  close(): void {
    for (const handed of [...this.#files.values()]) this.#release(handed);
  }

  #makeStream(path: string, file: OpenFile, flags: number): number {
    const pair = socketPair();
    if (typeof pair === 'number') return this.#fail(file, pair);
    const [ours, theirs] = pair;
    setNonblocking(ours, true);
    if ((flags & constants.O_NONBLOCK) !== 0) setNonblocking(theirs, true);
    const handle = this.#nextHandle++;
    const stream = new Stream(ours, file, handle, this.#request);
    return this.#keep(theirs, { path, file, stream, handle, length: 0 });
  }

  #makeMemory(path: string, file: OpenFile, flags: number, mode: number): number {
    const memory = makeMemory(path);
    if (memory < 0) return this.#fail(file, memory);
    const handle = this.#nextHandle++;
    const handed = { path, file, memory, handle, length: 0 };
    if (file.read !== undefined) this.#fill(handed);
    if (file.poll === undefined || file.read === undefined) sealSize(memory);
    // Opened before the mode is set, because the mode may forbid this process to open it.
    const theirs = openFile(`/proc/self/fd/${memory}`, flags & KEPT);
    chmodFile(memory, mode);
    return this.#keep(theirs, handed);
  }

  #fail(file: OpenFile, error: number): number {
    file.release?.(this.#request);
    return error;
  }

  #keep(theirs: number, handed: Omit<Handed, keyof OpenIdentity>): number {
    const identity = theirs < 0 ? undefined : openIdentity('self', theirs);
    if (identity === undefined) {
      if (handed.memory !== undefined) close(handed.memory);
      if (handed.stream !== undefined) close(handed.stream.fd);
      return this.#fail(handed.file, Math.min(theirs, -1));
    }
    const whole: Handed = { ...handed, ...identity };
    this.#files.set(identity.inode, whole);
    this.#byHandle.set(whole.handle, whole);
    this.changed = true;
    whole.stream?.pump();
    if (whole.stream === undefined && whole.file.read !== undefined) this.#append(whole);
    return theirs;
  }

  /** Copies the part of the text that is not in the file yet. */
  #fill(handed: Omit<Handed, keyof OpenIdentity>): void {
    while (handed.length < MOST_TEXT) {
      const count = handed.file.read?.(this.#request, handed.length, buffer, 0) ?? 0;
      if (count <= 0) return;
      if (pwrite(handed.memory ?? -1, buffer, 0, count, handed.length) !== count) return;
      handed.length += count;
    }
  }

  /** For a text that grows (dmesg): copies the new part, and asks the device to report more. */
  #append(handed: Handed): void {
    let before: number;
    let ready: number;
    do {
      before = handed.length;
      this.#fill(handed);
      ready = handed.file.poll?.(this.#request, POLL.IN, handed.handle) ?? 0;
    } while ((ready & POLL.IN) !== 0 && handed.length > before);
  }

  #drop(stream: Stream): void {
    for (const handed of this.#files.values()) if (handed.stream === stream) this.#release(handed);
  }

  /** Releases the memory files that no program has open. */
  #sweep(): void {
    for (const handed of [...this.#files.values()])
      if (handed.memory !== undefined && isOnlyOpening(handed.memory)) this.#release(handed);
    this.#sweepAt = Math.max(FIRST_SWEEP, 2 * this.#files.size);
  }

  #release(handed: Handed): void {
    this.#files.delete(handed.inode);
    this.#byHandle.delete(handed.handle);
    this.changed = true;
    if (handed.stream !== undefined) {
      handed.stream.close();
      return;
    }
    handed.file.release?.(this.#request);
    if (handed.memory !== undefined) close(handed.memory);
  }
}

/**
 * Creates a memory file and opens it for reading and writing; a descriptor or -errno. It is opened again because isOnlyOpening does not
 * count the descriptor that memfd_create returns.
 */
function makeMemory(name: string): number {
  const made = memfdCreate(name, MFD.CLOEXEC | MFD.ALLOW_SEALING);
  if (made < 0) return made;
  const opened = openFile(`/proc/self/fd/${made}`, constants.O_RDWR);
  close(made);
  return opened;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
