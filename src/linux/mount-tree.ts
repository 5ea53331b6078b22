/** Flags of open_tree(2) and move_mount(2) (linux/mount.h, Linux 5.2), which copy a tree of mounts and attach it elsewhere. */
export const OPEN_TREE = {
  AT_FDCWD: -100,
  /** OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE. */
  CLONE_ALL: 1 | 0o2000000 | 0x8000,
  /** MOVE_MOUNT_F_EMPTY_PATH: moves the mount that the descriptor refers to. */
  FROM_EMPTY_PATH: 4,
} as const;
