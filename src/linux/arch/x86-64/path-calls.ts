// The system calls that name a file by its path, and fstat, of 64-bit and of 32-bit programs (asm/unistd_64.h, asm/unistd_32.h).

/** Layouts in which a call returns a file's attributes. */
export type StatLayout = 'stat' | 'stat64' | 'statx';

/** What a call does with the path. */
export type PathUse = 'open' | 'openat2' | 'stat' | 'access' | 'readlink' | 'chdir' | 'attribute';

/** Fields with the name of an argument are its position, from 0. */
export interface PathCall {
  readonly use: PathUse;
  /** Absent: the call is about the descriptor `directory` itself. */
  readonly path?: number;
  /** The descriptor that a relative path starts from; absent: the working directory. */
  readonly directory?: number;
  readonly flags?: number;
  /** Where the attributes are written. */
  readonly buffer?: number;
  readonly layout?: StatLayout;
  /** The rights that access(2) asks for. */
  readonly mode?: number;
  /** Flags of a call that has no argument for them. */
  readonly fixed?: number;
}

const CREAT = 0o1101; // O_CREAT | O_WRONLY | O_TRUNC

const open: PathCall = { use: 'open', path: 0, flags: 1 };
const creat: PathCall = { use: 'open', path: 0, fixed: CREAT };
const openat: PathCall = { use: 'open', directory: 0, path: 1, flags: 2 };
const openat2: PathCall = { use: 'openat2', directory: 0, path: 1, buffer: 2 };
const statx: PathCall = { use: 'stat', directory: 0, path: 1, flags: 2, buffer: 4, layout: 'statx' };
const access: PathCall = { use: 'access', path: 0, mode: 1 };
const faccessat: PathCall = { use: 'access', directory: 0, path: 1, mode: 2 };
const faccessat2: PathCall = { ...faccessat, flags: 3 };
const readlink: PathCall = { use: 'readlink', path: 0 };
const readlinkat: PathCall = { use: 'readlink', directory: 0, path: 1 };
const chdir: PathCall = { use: 'chdir', path: 0 };
const attribute: PathCall = { use: 'attribute', path: 0 };

const fstat = (layout: StatLayout): PathCall => ({ use: 'stat', directory: 0, buffer: 1, layout });
const of = (layout: StatLayout): PathCall => ({ use: 'stat', path: 0, buffer: 1, layout });
const at = (layout: StatLayout): PathCall => ({ use: 'stat', directory: 0, path: 1, buffer: 2, flags: 3, layout });

/** By number. */
export const PATH_CALLS: Readonly<Record<'wide' | 'compat', ReadonlyMap<number, PathCall>>> = {
  wide: new Map([
    [2, open],
    [4, of('stat')],
    [5, fstat('stat')],
    [6, of('stat')], // lstat
    [21, access],
    [80, chdir],
    [85, creat],
    [89, readlink],
    [191, attribute], // getxattr
    [192, attribute], // lgetxattr
    [194, attribute], // listxattr
    [195, attribute], // llistxattr
    [257, openat],
    [262, at('stat')], // newfstatat
    [267, readlinkat],
    [269, faccessat],
    [332, statx],
    [437, openat2],
    [439, faccessat2],
  ]),
  compat: new Map([
    [5, open],
    [8, creat],
    [12, chdir],
    [33, access],
    [85, readlink],
    [195, of('stat64')],
    [196, of('stat64')], // lstat64
    [197, fstat('stat64')],
    [229, attribute],
    [230, attribute],
    [232, attribute],
    [233, attribute],
    [295, openat],
    [300, at('stat64')], // fstatat64
    [305, readlinkat],
    [307, faccessat],
    [383, statx],
    [437, openat2],
    [439, faccessat2],
  ]),
};

/** ioctl(2). */
export const IOCTL = { wide: 16, compat: 54 } as const;
