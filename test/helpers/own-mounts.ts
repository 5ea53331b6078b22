/**
 * `spawn('unshare', [...ownMounts, COMMAND, …ARGS])` runs COMMAND as root in a new mount namespace. After a plain chroot the root
 * directory is not a mount point and cannot be made private: COMMAND then runs in a copy of it.
 */
const script = `
set -e
if mountpoint -q /; then
  mount --make-rprivate /
  exec "$@"
fi
mount --make-rprivate /proc
mount --rbind / /proc
exec chroot /proc sh -c 'mount --make-rprivate / && cd "$0" && exec "$@"' "$PWD" "$@"
`;

export const ownMounts = ['--mount', '--propagation=unchanged', 'sh', '-c', script, 'sh'] as const;
