// A guest migrates from one run to another, as between two hosts. xl's stream goes through pipes instead of ssh.

import { spawnSync } from 'node:child_process';
import { randomFillSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { fauxen } from '../helpers/fauxen.ts';
import { plainFolder } from '../helpers/plain-folder.ts';
import { savedMemory } from '../helpers/saved-memory.ts';

const needs = ['fuse', 'root', 'ptrace', 'xenTools', 'xenstored'] as const;
const PAGE = 4096;
const MIB = 2 ** 20;

/**
 * Two runs in a folder, each with a shell script: the first one sends `name`, the second one receives it and goes on with its own script. With
 * --debug, xl sends all memory again at the end, and the receiver compares it.
 */
async function move(folder: string, name: string, before: string, after: string, options: readonly string[] = []) {
  for (const pipe of ['there', 'back']) spawnSync('mkfifo', [join(folder, pipe)]);
  const dom0 = (script: string, more: readonly string[] = []) =>
    fauxen(['run', '--quiet', '--toolstack', ...more, '--', 'sh', '-c', `cd ${folder}; ${script}`], {
      timeout: 60_000,
    });
  const [from, to] = await Promise.all([
    dom0(
      `${before}
xl migrate --debug -s '' ${name} 'cat back & exec cat >there'; echo "ended $?"
for _ in $(seq 300); do xl list 1 >/dev/null 2>&1 || break; sleep 0.1; done; xl list`,
      options,
    ),
    dom0(`xl migrate-receive <there >back; echo "ended $?"; xl list\n${after}`),
  ]);
  t.match(from.stdout, /^ended 0$/m, from.stderr);
  t.notMatch(from.stdout, new RegExp(`^${name} `, 'm'), 'it has left');
  t.match(to.stdout, /^ended 0$/m, to.stderr);
  t.notMatch(to.stderr, /verify .* failed/);
  return to.stdout;
}

t.test('a PVH guest migrates to the dom0 of another run', { skip: missing(...needs, 'grubXen') }, async (t) => {
  const config = `name = "traveller"
type = "pvh"
memory = 32
vcpus = 2
kernel = "/usr/lib/grub-xen/grub-i386-xen_pvh.bin"
`;
  const folder = plainFolder(t, { 'g.cfg': config });
  const text = await move(folder, 'traveller', 'xl create g.cfg >/dev/null && xl vcpu-set traveller 1', '');
  t.match(text, /^traveller +1 +32 +\d /m, 'it has arrived');
});

t.test('an HVM guest migrates with its device model', { skip: missing(...needs, 'xenQemu') }, async (t) => {
  const folder = plainFolder(t, { 'disk.img': Buffer.alloc(MIB) });
  writeFileSync(
    join(folder, 'g.cfg'),
    `name = "machine"
type = "hvm"
memory = 64
vcpus = 2
disk = [ "format=raw,vdev=hda,access=rw,target=${folder}/disk.img" ]
`,
  );
  const after =
    "xl qemu-monitor-command machine 'info status'; xl qemu-monitor-command machine 'info block'; xl destroy machine";
  const text = await move(folder, 'machine', 'xl create g.cfg >/dev/null', after);
  t.match(text, /^machine +1 +64 +2 /m);
  t.match(text, /VM status: running/);
  t.match(text, /disk\.img/);
});

t.test('a guest that writes all the time migrates without losing a write', { skip: missing(...needs) }, async (t) => {
  const memory = randomFillSync(Buffer.alloc(24 * MIB));
  const folder = plainFolder(t, {
    'memory.raw': memory,
    'busy.yaml':
      'domains: [{ name: busy, type: pvh, memory: memory.raw, writes: { rate: 40M, address: 0x800000, size: 8M } }]\n',
  });
  const after = 'xl save busy first && xl restore first && xl save -c busy second && xl list';
  // It has written its range once before it leaves.
  const text = await move(folder, 'busy', 'sleep 0.3', after, ['--scenario', join(folder, 'busy.yaml')]);
  t.match(text, /^busy +2 +24 /m, 'and is saved and restored there');
  const [pages, again] = [savedMemory(join(folder, 'first')), savedMemory(join(folder, 'second'))];
  const [first, end] = [(8 * MIB) / PAGE, (16 * MIB) / PAGE];
  const numbers: number[] = [];
  const [lost, changed]: [number[], number[]] = [[], []];
  for (const [frame, page] of pages) {
    if (frame * PAGE >= memory.length) continue; // rings, which both sides write to
    if (again.get(frame)?.equals(page) !== true) lost.push(frame);
    const own = frame >= first && frame < end ? 8 : 0;
    if (own > 0) numbers.push(Number(page.readBigUInt64LE()));
    const before = memory.subarray(frame * PAGE + own, (frame + 1) * PAGE);
    if (!page.subarray(own).equals(before)) changed.push(frame);
  }
  t.ok(pages.size >= memory.length / PAGE, `${pages.size} pages`);
  t.same([lost, changed], [[], []], 'frames that were not restored as they were, and that changed on the way');
  t.equal(numbers.length, end - first);
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  t.equal(most - least, end - first - 1, 'each page has the last number that was written to it');
});
