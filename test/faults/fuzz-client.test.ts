import { readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { compile } from '../helpers/compile.ts';
import { fauxen, mountFauxen } from '../helpers/fauxen.ts';
import { residentMb } from '../helpers/processes.ts';
import { runCommand } from '../helpers/run-command.ts';

/** scripts/fuzz sets these. A printed seed repeats a run, as far as threads allow. */
const calls = Number(process.env.FAUXEN_FUZZ_CALLS ?? 100_000);
const seed = process.env.FAUXEN_FUZZ_SEED ?? String((Date.now() ^ process.pid) >>> 0);

/** Many times the duration on a quiet machine. */
const BOUND = 20_000 + calls * 0.4;

/** For the ring, the model's domains and free heap. Far more is a leak. */
const GROWTH_MB = 200;

function linkOf(pid: number | undefined, fd: string): string {
  try {
    return readlinkSync(`/proc/${pid}/fd/${fd}`);
  } catch {
    return ''; // it was closed meanwhile
  }
}

t.test(
  'random calls from C threads, through the real mount: the daemon lives, stays small and changes no byte it should not',
  { skip: missing('mount', 'root', 'gcc', 'xenHeaders'), timeout: BOUND + 30_000 },
  async (t) => {
    const program = compile(t, 'fuzz.c', ['-pthread']);
    const once = compile(t, 'faults.c', ['-pthread']);
    const mount = await mountFauxen(t);
    const env = { ...process.env, PRIVCMD: join(mount.dir, 'privcmd') };
    const before = residentMb(mount.process.pid);
    t.comment(`FAUXEN_FUZZ_SEED=${seed}, ${calls} calls`);
    const ran = await runCommand(program, [String(calls), seed], { env, timeout: BOUND });
    t.notOk(ran.timedOut, 'in time');
    t.equal(ran.stdout, `${calls} calls, some succeeded\n`);
    t.equal(ran.status, 0);
    t.equal(
      (await runCommand(once, ['once'], { env, timeout: BOUND })).stdout,
      'xen_version: 262161\n',
      'still answers',
    );
    const ring = await runCommand('cat', [join(mount.dir, 'dmesg')], { timeout: BOUND });
    const lines = ring.stdout.trimEnd().split('\n').slice(1); // the first line may be cut
    t.equal(ring.status, 0);
    t.same(
      lines.filter((line) => !line.startsWith('(XEN) ')),
      [],
      'the ring is well formed',
    );
    const grown = residentMb(mount.process.pid) - before;
    t.comment(`grew by ${grown.toFixed(0)} MB`);
    t.ok(grown < GROWTH_MB, `grew by ${grown} MB`);
    t.equal(mount.stderr(), '', 'no handler threw');
  },
);

/** A mapping stops its caller, and each of its pages is checked. */
const mappings = Number(process.env.FAUXEN_FUZZ_MAPPINGS ?? 1_500);

t.test(
  'random mappings of guest memory, laid, replaced, raced and forked: each shows the right frames, and no other byte changes',
  { skip: missing('mount', 'root', 'gcc', 'xenHeaders', 'ptrace'), timeout: 60_000 + mappings * 20 },
  async (t) => {
    const program = compile(t, 'fuzz-maps.c', ['-Wno-unused-function', '-pthread', '-lxenctrl']);
    const once = compile(t, 'faults.c', ['-pthread']);
    const mount = await mountFauxen(t);
    /** How many files hold the memory of domains. DOMID_XEN's is made when it is first mapped. */
    const memories = () =>
      readdirSync(`/proc/${mount.process.pid}/fd`).filter((fd) =>
        /memfd:fauxen-domain-(?!32754)/.test(linkOf(mount.process.pid, fd)),
      ).length;
    const run = () => fauxen(['run', '--at', mount.dir, '--', program, '300', seed], { timeout: 40_000 });
    t.match((await run()).stdout, /^done$/m, 'what is loaded once is there');
    const before = { megabytes: residentMb(mount.process.pid), memories: memories() };
    t.comment(`FAUXEN_FUZZ_SEED=${seed}, ${mappings} calls`);
    const args = ['run', '--at', mount.dir, '--', program, String(mappings), seed];
    const ran = await fauxen(args, { timeout: 40_000 + mappings * 20 });
    t.notOk(ran.timedOut, 'in time');
    t.equal(ran.stdout, 'pages were mapped\n0 pages are missing\ndone\n', ran.stderr);
    t.equal(ran.status, 0);
    const env = { ...process.env, PRIVCMD: join(mount.dir, 'privcmd') };
    t.equal((await runCommand(once, ['once'], { env })).stdout, 'xen_version: 262161\n', 'the daemon answers');
    t.equal(memories(), before.memories, 'and has given back the memory of the domains');
    const grown = residentMb(mount.process.pid) - before.megabytes;
    t.ok(grown < GROWTH_MB, `grew by ${grown.toFixed(0)} MB`);
    t.notMatch(mount.stderr(), 'Error', 'no handler threw');
  },
);
