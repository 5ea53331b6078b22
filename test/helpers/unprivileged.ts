import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Test } from 'tap';
import { ownMounts } from './own-mounts.ts';
import { checkout } from './source-files.ts';

/** `nobody`. */
const UID = 65534;

/**
 * Runs "$@" as the user nobody, in a new mount namespace: with /dev/fuse of mode 0666 as the distributions have it, and
 * with the checkout and node bound to places that this user can enter, wherever they are (under /root, for example).
 * $1 is an empty folder, $2 the checkout, $3 node's executable.
 */
const script = `
set -e
stage=$1 checkout=$2 node=$3
shift 3
mount -t tmpfs -o mode=755 fauxen-test "$stage"
mknod -m 666 "$stage/fuse" c 10 229
mount --bind "$stage/fuse" /dev/fuse
mkdir "$stage/checkout"
mount --bind "$checkout" "$stage/checkout"
: >"$stage/node"
mount --bind "$node" "$stage/node"
mkdir -m 777 "$stage/home"
cd "$stage/home"
exec setpriv --reuid=${UID} --regid=${UID} --clear-groups --inh-caps=-all -- \\
  env -u NODE_OPTIONS -u SUDO_USER HOME="$stage/home" "$@"
`;

export interface Unprivileged {
  command: string;
  args: string[];
}

/**
 * How to run `fauxen ARGS` from this checkout as an unprivileged user, for runCommand() or spawn(). Root changes the
 * user first; an unprivileged test just runs it. Guard with `missing('fuse', 'userns')`.
 */
export function fauxenUnprivileged(t: Test, fauxenArgs: string[]): Unprivileged {
  if (process.getuid?.() !== 0) {
    return { command: process.execPath, args: [join(checkout, 'dist/cli/main.js'), ...fauxenArgs] };
  }
  const stage = mkdtempSync(join(tmpdir(), 'fauxen-stage-'));
  // The tmpfs mounted on it ends with the namespace; outside it is an empty folder.
  t.teardown(() => rmdirSync(stage));
  const inside = [`${stage}/node`, `${stage}/checkout/dist/cli/main.js`, ...fauxenArgs];
  return {
    command: 'unshare',
    args: [...ownMounts, 'sh', '-c', script, 'sh', stage, checkout, process.execPath, ...inside],
  };
}
