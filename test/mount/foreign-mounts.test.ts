// Mounts of others are left alone, wherever they are: over a mount of Fauxen, or below it.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { cli } from '../helpers/fauxen.ts';
import { ownMounts } from '../helpers/own-mounts.ts';
import { runCommand } from '../helpers/run-command.ts';

const skip = missing('mount', 'root');

/** Starts and ends a mount on $dir, and prints what is mounted below $place then, in the order of the mount table. */
const FUNCTIONS = `
place=$1 dir=$1/mount
start() {
  : >"$place/log"
  "$2" "$3" mount "\${4:-$dir}" >>"$place/log" 2>&1 &
  daemon=$!
  for _ in $(seq 600); do grep -q mounted "$place/log" && return; sleep 0.05; done
  cat "$place/log"
}
finish() {
  kill -TERM "$daemon"
  wait "$daemon"
  echo "status $?"
  grep -v ": mounted " "$place/log"
  while read -r source path rest; do case $path in "$place"/*) echo "$source $(basename "$path")" ;; esac; done </proc/self/mounts
}
`;

async function leaves(t: Test, script: string): Promise<string> {
  const place = mkdtempSync(join(tmpdir(), 'fauxen-')); // no blank in it, which the mount table would escape
  t.teardown(() => rmSync(place, { recursive: true, force: true }));
  const args = [
    ...ownMounts,
    'sh',
    '-c',
    `mkdir "$1/mount"\n${FUNCTIONS}${script}`,
    'sh',
    place,
    process.execPath,
    cli,
  ];
  const { stdout, stderr } = await runCommand('unshare', args);
  t.equal(stderr, '');
  return stdout;
}

t.test('a file system that was mounted over it stays, wherever else it is mounted', { skip }, async (t) => {
  const said = await leaves(
    t,
    `mkdir "$place/innocent" "$place/again"
mount -t tmpfs innocent "$place/innocent"
mount --bind "$place/innocent" "$place/again"
start "$@"
mount --bind "$place/innocent" "$dir"
finish`,
  );
  t.equal(said, 'status 0\ninnocent innocent\ninnocent again\nfauxen mount\ninnocent mount\n');
});

t.test('a file system that was mounted below it stays', { skip }, async (t) => {
  const said = await leaves(t, `mount -t tmpfs innocent "$dir"\nstart "$@"\nfinish`);
  t.equal(said, 'status 0\ninnocent mount\n');
});

t.test(
  'the mount is removed from any place to which it was moved or bound, also through a symbolic link',
  { skip },
  async (t) => {
    const said = await leaves(
      t,
      `mkdir "$place/moved" "$place/bound"
ln -s mount "$place/link"
touch "$place/file"
start "$@" "$place/link"
mount --bind "$dir" "$place/bound"
mount --bind "$dir/capabilities" "$place/file"
mount --move "$dir" "$place/moved"
cat "$place/moved/capabilities" "$place/file"
finish`,
    );
    t.equal(said, 'control_d\ncontrol_d\nstatus 0\n');
  },
);

t.test('a mount that a killed daemon left is cleared through a symbolic link, too', { skip }, async (t) => {
  const said = await leaves(
    t,
    `ln -s mount "$place/link"
start "$@"
kill -9 "$daemon"
wait "$daemon" 2>"$place/log"
start "$@" "$place/link"
finish`,
  );
  t.match(said, /^status 0\n.*cleared .*link: the daemon that served it was killed\n$/);
});
