import { spawn } from 'node:child_process';
import { once as event } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { compile } from '../helpers/compile.ts';
import { fauxen, isMountPoint, mountFauxen } from '../helpers/fauxen.ts';
import { runCommand } from '../helpers/run-command.ts';

/** The watchdog needs 0.1 s and a failed read; the machine may be busy. */
const BOUND = 5_000;

/** State letters of a process's threads (proc(5), stat). */
const statesOf = (pid: number | undefined) =>
  readdirSync(`/proc/${pid}/task`).map((tid) => {
    const stat = readFileSync(`/proc/${pid}/task/${tid}/stat`, 'latin1');
    return stat[stat.lastIndexOf(')') + 2];
  });

/** Whether a thread of a process waits within process_vm_readv or process_vm_writev. */
const waitsForMemory = (pid: number | undefined) =>
  readdirSync(`/proc/${pid}/task`).some((tid) =>
    readFileSync(`/proc/${pid}/task/${tid}/wchan`, 'latin1').startsWith('process_vm_rw'),
  );

const skip = missing('mount', 'root', 'gcc', 'xenHeaders');

t.test(
  'a pointer into the caller’s own mapping of dmesg ends in EFAULT, or in the bytes, and the mount goes on',
  { skip },
  async (t) => {
    const program = compile(t, 'faults.c', ['-pthread']);
    const mount = await mountFauxen(t);
    const env = { ...process.env, PRIVCMD: join(mount.dir, 'privcmd') };
    for (const how of ['private', 'shared']) {
      const ran = await runCommand(program, ['mapped', how], { env, timeout: BOUND });
      t.notOk(ran.timedOut, `${how}: in time`);
      t.match(
        ran.stdout,
        /^(no mapping: .*|call: -1 Bad address\ntext: (-1 Bad address|0))\nxen_version: 262161\n$/,
        how,
      );
      t.comment(`${how}: ${JSON.stringify(ran.stdout)}`);
    }
  },
);

t.test(
  'a thread reads the page from which a hypercall of another is copied: neither waits for ever, whichever came first',
  { skip },
  async (t) => {
    const program = compile(t, 'own-mapping.c', ['-pthread']);
    const mount = await mountFauxen(t);
    const env = { ...process.env, PRIVCMD: join(mount.dir, 'privcmd') };
    const ran = await runCommand(program, ['25'], { env, timeout: 8 * BOUND });
    t.notOk(ran.timedOut, 'in time');
    t.equal(ran.stdout, '25 rounds\nxen_version: 262161\n');
    t.comment(`${mount.stderr().split('\n').length - 1} copies were ended by failed reads`);
  },
);

t.test(
  'a caller’s memory lies in another file system that hangs: others are not kept waiting, and it can be ended',
  { skip },
  async (t) => {
    const program = compile(t, 'faults.c', ['-pthread']);
    const [mount, other] = [await mountFauxen(t), await mountFauxen(t)];
    t.teardown(() => other.process.kill('SIGCONT'));
    const env = { ...process.env, PRIVCMD: join(mount.dir, 'privcmd') };
    const once = () => runCommand(program, ['once'], { env, timeout: BOUND });

    const stuckCaller = async () => {
      const caller = spawn(program, ['mapped-file', join(other.dir, 'dmesg')], {
        env,
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      t.teardown(() => caller.kill('SIGKILL'));
      let said = '';
      caller.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
      while (said !== 'mapped\n') await event(caller.stdout, 'data');
      other.process.kill('SIGSTOP');
      // Otherwise it might read the request and stop before answering it, and Linux never gives up such a request.
      while (!statesOf(other.process.pid).every((state) => state === 'T')) await sleep(5);
      caller.stdin.write('\n');
      return { ended: event(caller, 'close').then(() => said) };
    };

    const first = await stuckCaller();
    for (let round = 0; round < 3; round += 1) t.notOk((await once()).timedOut, 'while a copy hangs, calls end');
    other.process.kill('SIGCONT');
    t.match(await first.ended, /^mapped\ntext: (0|-1 Bad address)\nxen_version: 262161\n$/, 'it ends once it can');
    t.equal((await once()).stdout, 'xen_version: 262161\n', 'and all is as before');

    const second = await stuckCaller();
    t.notOk((await once()).timedOut);
    const late = new Promise((resolve) => setTimeout(resolve, 4 * BOUND, 'late').unref());
    t.equal(await Promise.race([mount.stop(), late]), 0, 'it ends when asked');
    t.notOk(isMountPoint(mount.dir));
    t.notMatch(mount.stderr(), 'internal error');
    other.process.kill('SIGCONT');
    t.match(await second.ended, /^mapped\ntext: -1 /);
  },
);

t.test(
  'a page is written back while the memory of its process is looked at: neither waits for ever',
  { skip },
  async (t) => {
    const program = compile(t, 'write-back.c', ['-pthread', '-lxenctrl']);
    for (const transport of ['fuse', 'auto']) {
      const { stdout, stderr } = await fauxen(['run', '--quiet', '--transport', transport, '--', program, '10'], {
        timeout: 60_000,
      });
      t.equal(stdout, '10 maps\nok xc_domain_destroy(xch, domid)\n', `${transport}: ${stderr}`);
    }
  },
);

t.test(
  'the daemon is killed while it waits for memory that is locked until it has taken a page: the program goes on',
  { skip },
  async (t) => {
    const program = compile(t, 'killed-daemon.c', ['-pthread']);
    for (let round = 1; round <= 3; round++) {
      const mount = await mountFauxen(t);
      const child = spawn(program, [mount.dir], {
        env: { ...process.env, PRIVCMD: join(mount.dir, 'privcmd') },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      t.teardown(() => child.kill('SIGKILL'));
      const ended = event(child, 'close');
      let said = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
      while (said === '') await event(child.stdout, 'data');
      let waits = false;
      for (const limit = Date.now() + 2_000; !waits && Date.now() < limit; await sleep(1))
        waits = waitsForMemory(mount.process.pid);
      t.comment(`round ${round}: ${waits ? 'it waited' : 'it was never seen waiting'}`);
      mount.process.kill('SIGKILL');
      const late = new Promise((resolve) => setTimeout(resolve, 4 * BOUND, 'late').unref());
      t.not(await Promise.race([ended, late]), 'late', `round ${round}`);
      t.match(said, /ended: 0\n$/);
    }
  },
);
