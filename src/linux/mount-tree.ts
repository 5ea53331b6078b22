import { addressOf, systemCall } from './libc.ts';

const SYS_OPEN_TREE = 428;
const SYS_MOVE_MOUNT = 429;
const AT_FDCWD = -100;
const AT_RECURSIVE = 0x8000;
const OPEN_TREE_CLONE = 1;
const OPEN_TREE_CLOEXEC = 0o2000000;
const MOVE_MOUNT_F_EMPTY_PATH = 4;

/** A copy of what is mounted at and below a path, mounted nowhere: its descriptor, or -errno (Linux 5.2, CAP_SYS_ADMIN). */
export function cloneTree(path: string): number {
  const flags = OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE;
  const source = cString(path);
  return after(systemCall(SYS_OPEN_TREE, AT_FDCWD, addressOf(source), flags), source);
}

/** Mounts such a copy; 0 or -errno. */
export function attachTree(tree: number, path: string): number {
  const empty = cString('');
  const target = cString(path);
  const flags = MOVE_MOUNT_F_EMPTY_PATH;
  const result = systemCall(SYS_MOVE_MOUNT, tree, addressOf(empty), AT_FDCWD, addressOf(target), flags);
  return after(result, empty, target);
}

/** The result of a system call that used these buffers: named after it, they cannot be collected before. */
function after(result: number, ...buffers: Uint8Array[]): number {
  return buffers.length === 0 ? 0 : result;
}

/** Not out of Buffer's pool: addressOf() wants memory that stays. */
function cString(text: string): Uint8Array {
  return new TextEncoder().encode(`${text}\0`);
}
