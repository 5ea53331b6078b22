// The program's surroundings: other programs' sockets and FIFOs, orphans, other users' processes, the shell that started it.

import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { missing } from '../../helpers/capabilities.ts';
import { compile } from '../../helpers/compile.ts';
import { command, mountFauxen } from '../../helpers/fauxen.ts';
import { ownMounts } from '../../helpers/own-mounts.ts';
import { quoted } from '../../helpers/quoted.ts';
import { runCommand } from '../../helpers/run-command.ts';

const fauxen = quoted(command);
const asRoot = { skip: missing('fuse', 'mount', 'root') };
const sh = (script: string, env = process.env) => runCommand('sh', ['-c', script], { env });

/** A new folder in a real directory of the machine, with a socket that says `served` and an empty FIFO. */
async function meetingPoints(t: Test, parent: string): Promise<string> {
  const folder = mkdtempSync(join(parent, 'fauxen-test-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const server = createServer((socket) => socket.end('served\n'));
  await new Promise<void>((resolve) => server.listen(join(folder, 'socket'), resolve));
  t.teardown(() => server.close());
  await sh(`mkfifo ${quoted(`${folder}/fifo`)}`);
  return folder;
}

const connect = (path: string) =>
  `${process.execPath} -e 'require("net").connect(process.argv[1]).on("error", (e) => console.log(e.code)).pipe(process.stdout)' ${path}`;

for (const [parent, args, skip] of [
  ['/dev', '', asRoot.skip],
  ['/run', '', asRoot.skip],
  ['/run', '--toolstack', missing('fuse', 'mount', 'root', 'anyXenTools')],
] as const) {
  t.test(`live sockets and FIFOs in ${parent} work ${args}`, { skip }, async (t) => {
    const folder = await meetingPoints(t, parent);
    const inside = `${connect(`${folder}/socket`)}; cat ${folder}/fifo`;
    const { stdout } = await sh(`echo written >${folder}/fifo & exec ${fauxen} run ${args} -- sh -c ${quoted(inside)}`);
    t.equal(stdout, 'served\nwritten\n');
  });
}

t.test('/dev/xen is removed when the last run has ended, whatever the umask', asRoot, async (t) => {
  if (existsSync('/dev/xen')) return t.pass('another run uses it, or it is not a run’s');
  t.equal((await sh(`umask 077; ${fauxen} run -- stat -c %a /dev/xen`)).stdout, '755\n');
  // Another test's run may have started meanwhile: it created the directory again and will remove it.
  t.ok(!existsSync('/dev/xen') || (await sh('stat -c %a /dev/xen')).stdout === '555\n');
});

t.test('as the first process of a pid namespace, fauxen waits for orphans', asRoot, async (t) => {
  const script =
    'for i in 1 2 3; do (sleep 0.1 &); done; for i in $(seq 100); do sleep 0.1; ps -eo stat=,comm= | grep -qE "^Z|sleep" || break; done; echo $i; exit 3';
  const { stdout, status } = await runCommand('unshare', [
    '--pid',
    '--fork',
    ...ownMounts,
    'sh',
    '-c',
    `mount -t proc proc /proc; ${fauxen} run -- sh -c '${script}'`,
  ]);
  t.equal(status, 3);
  t.ok(Number(stdout) < 100, `all were waited for at look ${stdout}`);
});

t.test('a program that installs its own seccomp listener', { skip: missing('mount', 'gcc') }, async (t) => {
  const program = compile(t, 'own-listener.c');
  const run = (transport: string) => sh(`${fauxen} run --transport ${transport} -- ${program}`);
  for (const transport of ['fuse', 'auto']) {
    const { stdout, stderr } = await run(transport);
    t.equal(stdout, 'a listener\na listener\na filter\n', transport);
    t.equal(stderr, '', transport);
  }
  const beside = await run('seccomp');
  t.equal(beside.stdout, 'Device or resource busy\nDevice or resource busy\na filter\n');
  t.match(beside.stderr, /^.* a program asked for a seccomp listener .* --transport fuse, which needs none\n$/);
});

t.test('a /proc that hides processes of other users still hides them', asRoot, async (t) => {
  const nobody = 'setpriv --reuid=65534 --regid=65534 --clear-groups';
  const look = `${nobody} sh -c 'ls -d /proc/1 /proc/$$; ls /proc | grep -cx 1'`;
  const all = 'cat /proc/1/stat >/dev/null; ls -d /proc/1';
  const after = `${all}; ${nobody} cat /proc/1/stat; ${nobody} ls -d /proc/1`;
  const script = `mount -t proc -o hidepid=2 proc /proc; ${fauxen} run -- ${look}; ${fauxen} run -- sh -c '${after}'`;
  const { stdout, stderr } = await runCommand('unshare', [...ownMounts, 'sh', '-c', script]);
  t.match(stdout, /^\/proc\/\d+\n0\n\/proc\/1\n$/, 'its own, and for root all');
  t.match(stderr, /cat: \/proc\/1\/stat: No such file.*\n.*cannot access '\/proc\/1'/, 'also after root has looked');
  t.match(stderr, /cannot access '\/proc\/1': No such file/);
});

t.test('a run within a run within a run', asRoot, async (t) => {
  const { stdout, stderr } = await sh(
    `${fauxen} run -- ${fauxen} run -- ${fauxen} run -- sh -c 'ls -d /proc/sys/kernel; readlink /proc/self; echo $$'`,
  );
  const [directory, self, pid] = stdout.split('\n');
  t.strictSame([directory, Number(self) >= Number(pid), stderr], ['/proc/sys/kernel', true, '']);
});

t.test('when the program stops, fauxen stops, and both can be continued', asRoot, async (t) => {
  const state = 'sed -n "s/^State:.\\(.\\).*/\\1/p" /proc/$!/status';
  const script = `${fauxen} run -- sh -c 'kill -STOP $$; exit 5' & for i in $(seq 100); do sleep 0.1; [ "$(${state})" != T ] || break; done; ${state}; kill -CONT $!; wait $!; echo $?`;
  t.equal((await sh(script)).stdout, 'T\n5\n');
});

t.test('the program is found in the original PATH, and HOME may be unset', asRoot, async (t) => {
  const folder = t.testdir({});
  mkdirSync(`${folder}/bin`);
  writeFileSync(`${folder}/bin/ls`, '#!/bin/sh\necho mine\n', { mode: 0o755 });
  const { HOME: _, ...env } = process.env;
  const { stdout } = await sh(`PATH=${quoted(folder)}/bin:$PATH ${fauxen} run -- sh -c 'ls; echo \${HOME-unset}'`, env);
  t.equal(stdout, 'mine\nunset\n');
});

t.test('--dmesg to a full disk, or to a closed stderr, leaves the status as it is', asRoot, async (t) => {
  for (const to of ['/dev/full', '&-']) {
    t.equal((await sh(`${fauxen} run --dmesg -- sh -c 'exit 3' 2>${to}`)).status, 3, to);
  }
});

t.test("a mount's own domain can be joined by its number", asRoot, async (t) => {
  const { dir } = await mountFauxen(t);
  const { stdout } = await sh(`${fauxen} run --at ${quoted(dir)} --domain 0 -- cat /proc/xen/capabilities`);
  t.equal(stdout, 'control_d\n');
});
