import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

const GROUP_OR_OTHERS_WRITE = 0o022;

/** Identifies the file and gives its length, since the file may be incomplete after a full disk or a power failure. */
const HEADER = 96;
const header = (id: string, length: number) => `${id} ${length}\n`.padEnd(HEADER, ' ');

/**
 * Code that was compiled for one start and is kept for the next, in the user's cache directory. A user who can write to it decides what
 * runs, so it is read and written only if the directory belongs to this user and nobody else can write to it: sudo may keep the caller's
 * HOME. After any failure, nothing is stored.
 */
export class KeptFile {
  readonly #directory = cacheDirectory();
  readonly #name: string;
  readonly #id: string;

  /** `id`: identifies the source. */
  constructor(name: string, id: string) {
    this.#name = name;
    this.#id = id;
  }

  read(): Buffer | undefined {
    try {
      if (this.#directory === undefined || !isPrivate(this.#directory)) return undefined;
      const fd = openSync(join(this.#directory, this.#name), 'r');
      try {
        if (!isOurs(fstatSync(fd))) return undefined;
        const content = readFileSync(fd);
        const isWhole = content.toString('latin1', 0, HEADER) === header(this.#id, content.length - HEADER);
        return isWhole ? content.subarray(HEADER) : undefined;
      } finally {
        closeSync(fd);
      }
    } catch {
      return undefined;
    }
  }

  write(content: Uint8Array): void {
    const directory = this.#directory;
    if (directory === undefined) return;
    const file = join(directory, this.#name);
    const written = `${file}.${process.pid}`;
    try {
      if (!isOurs(statSync(nearestThatExists(directory)))) return;
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      if (!isPrivate(directory)) return;
      writeFileSync(written, Buffer.concat([Buffer.from(header(this.#id, content.length)), content]), {
        mode: 0o600,
        flag: 'wx',
      });
      renameSync(written, file); // another start may do the same now
    } catch {
      remove(written);
    }
  }
}

/** FAUXEN_CACHE names another directory; if it is empty, there is none. */
function cacheDirectory(): string | undefined {
  const { FAUXEN_CACHE: wanted, XDG_CACHE_HOME: base } = process.env;
  if (wanted !== undefined) return wanted === '' ? undefined : wanted;
  return join(base?.startsWith('/') ? base : join(homedir(), '.cache'), 'fauxen');
}

function nearestThatExists(directory: string): string {
  return existsSync(directory) ? directory : nearestThatExists(dirname(directory));
}

function isPrivate(directory: string): boolean {
  return isOurs(statSync(directory));
}

function isOurs({ uid, mode }: { uid: number; mode: number }): boolean {
  return uid === process.geteuid?.() && (mode & GROUP_OR_OTHERS_WRITE) === 0;
}

function remove(file: string): void {
  try {
    unlinkSync(file);
  } catch {
    // it was never created
  }
}
