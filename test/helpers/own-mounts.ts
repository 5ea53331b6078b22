/**
 * `spawn('unshare', [...ownMounts, COMMAND, …ARGS])` runs COMMAND as root with mounts of its own. After a plain chroot the root
 * directory is no mount point and cannot be made private: then COMMAND runs in a copy of it.
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
