import t from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { cli } from '../helpers/fauxen.ts';
import { ownMounts } from '../helpers/own-mounts.ts';
import { runCommand } from '../helpers/run-command.ts';
import { checkout } from '../helpers/source-files.ts';

/** Runs "$@" in a copy of this file tree whose root directory is not a mount point. */
const script = `
set -e
root=$1/a-root
shift
mount -t tmpfs none "\${root%/*}"
mkdir "$root"
for each in /*; do
  if [ -L "$each" ]; then cp -a "$each" "$root$each"
  elif [ -d "$each" ]; then mkdir "$root$each" && mount --rbind "$each" "$root$each"
  fi
done
exec chroot "$root" sh -c 'cd "$0" && exec "$@"' "$PWD" "$@"`;

t.test('a program runs if the root directory is no mount point', { skip: missing('mount', 'root') }, async (t) => {
  const inside = 'mountpoint -q / && pwd && cat /proc/xen/capabilities && test -c /dev/null && test -e /dev/xen/evtchn';
  const command = [process.execPath, cli, 'run', '--', 'sh', '-c', inside];
  const args = [...ownMounts, 'sh', '-c', script, 'sh', t.testdir({}), ...command];
  const { status, stdout, stderr } = await runCommand('unshare', args, { cwd: checkout });
  t.equal(stderr, '');
  t.equal(stdout, `${checkout.replace(/\/$/, '')}\ncontrol_d\n`);
  t.equal(status, 0);
});
