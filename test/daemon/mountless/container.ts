import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import top, { type Test } from 'tap';
import { compile } from '../../helpers/compile.ts';
import { ownMounts } from '../../helpers/own-mounts.ts';
import { type Finished, runCommand } from '../../helpers/run-command.ts';
import { checkout } from '../../helpers/source-files.ts';

export interface Container {
  /** Its filter of system calls: see programs/box.c. */
  rules: 'docker' | 'strict' | 'nomount' | 'listener' | 'none';
  /** The user, 0 or 65534, who has no capabilities. */
  user: number;
  /** Root keeps CAP_SYS_ADMIN. */
  admin?: boolean;
  /** Whether it was started with --device /dev/fuse; `file`: another file has that name. */
  fuse?: boolean | 'file';
  /** Options of /proc. */
  proc?: string;
}

/**
 * Runs "$@" as a container engine would: with its own /dev and the usual devices, and its own /proc with masked and read-only parts. Node
 * and the needed parts of the checkout are bound to places that every user may enter, since the checkout may be private to its owner.
 * $1 is an empty folder, $2 the checkout, $3 node's executable, $4 whether there is a /dev/fuse (true, false or file), $5 options of /proc.
 */
const script = `
set -e
umask 022
stage=$1 checkout=$2 node=$3 fuse=$4 options=$5
shift 5
mount -t tmpfs -o mode=755 fauxen-test "$stage"
mkdir "$stage/checkout" "$stage/dev"
for name in dist node_modules; do
  mkdir "$stage/checkout/$name"
  mount --bind "$checkout/$name" "$stage/checkout/$name"
done
install -m 644 "$checkout/package.json" "$stage/checkout/package.json"
: >"$stage/node"
mount --bind "$node" "$stage/node"
mkdir -m 1777 "$stage/dev/shm" "$stage/home"
for name in null zero full random urandom; do
  : >"$stage/dev/$name"
  mount --bind "/dev/$name" "$stage/dev/$name"
done
if [ "$fuse" = true ]; then
  mknod -m 666 "$stage/dev/fuse" c 10 229
elif [ "$fuse" = file ]; then
  : >"$stage/dev/fuse"
fi
mount --rbind "$stage/dev" /dev
mount -t proc -o "$options" proc /proc
for name in bus fs irq sys sysrq-trigger; do
  [ ! -e "/proc/$name" ] || { mount --bind "/proc/$name" "/proc/$name" && mount -o remount,bind,ro "/proc/$name"; }
done
for name in kcore keys timer_list; do
  [ ! -e "/proc/$name" ] || mount --bind /dev/null "/proc/$name"
done
cd "$stage/home"
exec "$@"
`;

/** Compiled once. */
let box: string | undefined;

/** `fauxen run` with these arguments in an emulated container. Guard with `missing('root', 'mount', 'gcc')`. */
export function inContainer(t: Test, container: Container, words: readonly string[]): Promise<Finished> {
  const { rules, user, admin = false, fuse = false, proc = 'nosuid,nodev,noexec' } = container;
  box ??= compile(top, 'test/daemon/mountless/programs/box.c');
  const stage = mkdtempSync(join(tmpdir(), 'fauxen-stage-'));
  t.teardown(() => rmdirSync(stage)); // the tmpfs on it goes with the namespace
  const dropped = admin ? '-sys_ptrace' : '-sys_admin,-sys_ptrace';
  const identity =
    user === 0
      ? [`--bounding-set=${dropped}`, `--inh-caps=-all`]
      : [`--reuid=${user}`, `--regid=${user}`, '--clear-groups', '--bounding-set=-all', '--inh-caps=-all'];
  const env = ['env', '-u', 'NODE_OPTIONS', '-u', 'SUDO_USER', 'FAUXEN_QUIET=0', `HOME=${stage}/home`];
  const inside = [`${stage}/node`, `${stage}/checkout/dist/cli/main.js`, 'run', ...words];
  const command = ['setpriv', ...identity, ...env, box, rules, ...inside];
  const setting = [stage, checkout, process.execPath, String(fuse), proc];
  return runCommand('unshare', [...ownMounts, 'sh', '-c', script, 'sh', ...setting, ...command], { timeout: 100_000 });
}
