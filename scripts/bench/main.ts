// The benchmark: measures all subjects side by side. `run` in this folder lists the options.

import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, C_NOTIFY, checkout, here } from './build.ts';
import { Client } from './client.ts';
import { createGuestTimes } from './create-guest.ts';
import { dumpCoreTime } from './dump-core.ts';
import { atRest, dmesgRate, garbage, idleNode, repeat, residentMemory, startTimes } from './extras.ts';
import { measureFleet } from './fleet.ts';
import { mapTimes } from './maps.ts';
import { compare, type Options, type Placement } from './measure.ts';
import { plots } from './plots.ts';
import { measureRealXen } from './real-xen.ts';
import { markdown } from './report.ts';
import type { Results } from './results.ts';
import { commandTimes, psTimes, thousandParts } from './starts.ts';
import { alone, mounted, place, type Subject, startDaemon, underNotify, underRun } from './subjects.ts';
import { systemCalls } from './system-calls.ts';
import { startTimeline } from './timeline.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    long: { type: 'boolean', default: false },
    only: { type: 'string' },
    json: { type: 'string', default: join(checkout, 'build/bench.json') },
    doc: { type: 'boolean', default: true },
  },
  allowNegative: true,
});
const { quick, long, only } = values;
const parts = only?.split(',');
const wanted = (part: string) => parts === undefined || parts.includes(part);
const progress = (text: string) => process.stderr.write(`${text}\n`);

const status = spawnSync(join(checkout, 'scripts/build'), { stdio: ['ignore', 2, 2] }).status;
if (status !== 0) throw new Error('scripts/build failed: the benchmark measures what it builds');
const built = build();
const fauxen = [process.execPath, '--single-threaded-gc', join(checkout, 'dist/cli/main.js')];
const hypercalls = ['--hypercalls', join(here, 'hypercalls.ts')];
const mount = [...fauxen, 'mount', ...hypercalls];

/** After this many calls V8 has optimised the code that serves them. */
const WARM_CALLS = 50_000;

const WARM_MAPS = 900;

const usable = allowedCpus();
const results: Results = {
  date: new Date().toISOString().slice(0, 16).replace('T', ' '),
  quick,
  machine: {
    cpu: cpus()[0]?.model.trim() ?? 'unknown CPU',
    cpus: usable.length,
    kernel: release(),
    node: process.version,
    load: loadavg()[0] ?? 0,
  },
  cells: [],
  memory: {},
  garbage: {},
  systemCalls: {},
  skipped: { ...built.skipped },
};

const options: Options = { repetitions: quick ? 3 : 7, milliseconds: quick ? 40 : 100, cpus: usable };
const placements: Placement[] = usable.length > 1 ? ['one', 'two', 'free'] : ['one', 'free'];
if (usable.length < 2) results.skipped['two CPUs'] = 'this machine lets us use one';

function allowedCpus(): number[] {
  const list = /: (.*)$/m.exec(
    spawnSync('taskset', ['-c', '-p', String(process.pid)], { encoding: 'utf8' }).stdout,
  )?.[1];
  return (list ?? '0').split(',').flatMap((range) => {
    const [from = 0, to = from] = range.split('-').map(Number);
    return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  });
}

async function attempt<T>(what: string, run: () => Promise<T>): Promise<T | undefined> {
  try {
    return await run();
  } catch (error) {
    results.skipped[what] = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return undefined;
  }
}

const started: Subject[] = [];
let interrupted = false;
async function start(name: string, how: () => Promise<Subject>): Promise<Subject | undefined> {
  if (interrupted) return undefined;
  const subject = await attempt(name, how);
  if (subject) started.push(subject);
  return subject;
}

/** One row of the plan: an operation for some subjects. */
async function row(subjects: (Subject | undefined)[], operation: string, file: string, counts: number[] = [1]) {
  const present = subjects.filter((subject) => subject !== undefined);
  for (const placement of placements) {
    for (const clients of counts) {
      progress(`${operation}, ${placement}, ${clients}`);
      const skip = (subject: string, error: number) => {
        results.skipped[`${operation} by ${subject}`] = `errno ${error}`;
      };
      results.cells.push(...(await compare(present, operation, file, placement, clients, options, skip)));
    }
  }
  for (const { pid } of present) place(pid, usable);
}

async function roundTrips(): Promise<void> {
  const pipe = alone('pipe', built.client);
  started.push(pipe);
  const { daemon, notify, peer } = built;
  const c = daemon ? await start('C daemon', () => mounted('C daemon', [daemon], built.client)) : undefined;
  const ours = await start('fauxen mount', () => mounted('fauxen mount', mount, built.client));
  const run = await start('fauxen run', () => underRun('fauxen run', [...fauxen, 'run', ...hypercalls], built.client));
  const fuse = await start('fauxen run --transport fuse', () =>
    underRun('fauxen run --transport fuse', [...fauxen, 'run', '--transport', 'fuse', ...hypercalls], built.client),
  );
  const still = await start('fauxen mount --spin off', () =>
    mounted('fauxen mount --spin off', [...mount, '--spin', 'off'], built.client),
  );
  const limit = notify ? await start(C_NOTIFY, () => underNotify(C_NOTIFY, notify, built.client)) : undefined;
  const native = peer
    ? await start('fuse-native', () => mounted('fuse-native', [process.execPath, peer], built.client))
    : undefined;
  for (const subject of [ours, c, run, fuse, still]) {
    if (subject) await repeat(subject, 'xen_version', WARM_CALLS);
  }
  await row([pipe], 'pingpong', '-');
  await row([ours, c, run, limit, fuse, still], 'xen_version', 'privcmd');
  await row([ours, c, run], 'xen_version', 'privcmd', [2, 8, 64]);
  for (const operation of ['console_io', 'string']) await row([ours, c, run, limit], operation, 'privcmd');
  await row([ours, c, run], 'list_1', 'privcmd');
  await row([ours, c, native], 'read', 'capabilities');
  for (const subject of [still, run]) {
    const calls = subject && (await systemCalls(subject, 5000));
    if (subject && calls) results.systemCalls[subject.name] = calls;
  }
  if (ours) {
    const rate = await attempt('dmesg', () => dmesgRate(ours, 300));
    if (rate !== undefined) results.dmesg = rate;
  }
}

/** A hypervisor with 10,000 domains beside one with one. */
async function manyDomains(): Promise<void> {
  const one = 'fauxen mount, one domain';
  const few = await start(one, () => mounted(one, mount, built.client));
  const name = 'fauxen mount, 10,000 domains';
  const many = await start(name, () => mounted(name, mount, built.client));
  if (!few || !many) return;
  const made = await repeat(many, 'create', 10_000);
  if (made.error !== 0) {
    results.skipped[name] = `createdomain answered errno ${made.error} after ${made.calls} domains`;
    return;
  }
  if (many.pid !== undefined) results.memory['with 10,000 domains'] = residentMemory(many.pid);
  for (const subject of [few, many]) await repeat(subject, 'xen_version', WARM_CALLS);
  await row([few, many], 'xen_version', 'privcmd');
  const { daemon } = built;
  const c = daemon ? await start('C daemon', () => mounted('C daemon', [daemon], built.client)) : undefined;
  for (const operation of ['list_1', 'list_100', 'list_10000']) await row([many, c], operation, 'privcmd');
}

/** Memory and garbage over many calls, with a separate daemon under --trace-gc. */
async function load(): Promise<void> {
  const [node = '', ...rest] = mount;
  const { daemon, directory, stop, output } = await startDaemon('fauxen mount', [node, '--trace-gc', ...rest]);
  const subject: Subject = {
    name: 'fauxen mount',
    client: new Client([built.client]),
    pid: daemon.pid,
    directory,
    stop,
  };
  started.push(subject);
  const pid = daemon.pid ?? 0;
  place(pid, usable.slice(0, 1)); // faster with its client on the same CPU
  results.memory['at rest'] = await atRest(pid);
  results.memory['of a Node that waits'] = await idleNode(false);
  results.memory['of a Node with a thread, both waiting'] = await idleNode(true);
  const calls = quick ? 200_000 : long ? 5_000_000 : 1_000_000;
  results.garbage[subject.name] = await garbage(subject, calls, output);
  results.memory['after the first half of the calls'] = residentMemory(pid);
  if (!quick) await repeat(subject, 'xen_version', calls); // fewer calls would show warming up, not growth
  if (!quick) results.memory['after all calls'] = residentMemory(pid);
  await subject.client.end();
}

async function measureAll(): Promise<void> {
  const start = wanted('start')
    ? await attempt('start', () =>
        startTimes([...fauxen, 'mount'], [process.execPath, join(here, 'mount.mjs')], quick ? 5 : 15),
      )
    : undefined;
  if (start) results.start = start;
  const timeline = wanted('start') ? await attempt('where a start goes', async () => startTimeline(fauxen)) : undefined;
  if (timeline) results.timeline = timeline;
  if (wanted('commands')) {
    progress('whole commands');
    results.commands = commandTimes(fauxen, quick ? 3 : 9, (what, why) => {
      results.skipped[what] = why;
    });
    const parts = await attempt('the parts of a thousand guests', async () => thousandParts(fauxen));
    if (parts) results.thousand = parts;
    const ps = await attempt('ps aux', async () => psTimes(fauxen, quick ? 1 : 3));
    if (ps) results.ps = ps;
  }
  if (wanted('fleet')) {
    progress('many side by side');
    const fleet = await attempt('many side by side', () => measureFleet(fauxen, quick ? 20 : 100));
    if (fleet) results.fleet = fleet;
  }
  if (wanted('create') && !quick) {
    progress('xl create');
    const times = await attempt('xl create', async () => createGuestTimes(fauxen));
    if (times !== undefined) results.createGuest = times;
  }
  if (wanted('dump-core') && !quick) {
    progress('xl dump-core');
    const time = await attempt('xl dump-core', async () => dumpCoreTime(fauxen));
    if (time !== undefined) results.dumpCore = time;
  }
  if (wanted('real-xen') && !quick) {
    progress('the real Xen under QEMU');
    const real = await attempt('the real Xen under QEMU', async () => measureRealXen());
    if (real) results.realXen = real;
  }
  if (wanted('maps')) {
    const maps = await attempt('maps', async () => mapTimes([...fauxen, 'run'], quick ? 50 : WARM_MAPS));
    if (maps) results.maps = maps;
  }
  if (wanted('calls')) await attempt('round trips', roundTrips);
  await stopAll();
  if (wanted('domains')) await attempt('many domains', manyDomains);
  await stopAll();
  if (wanted('load')) await attempt('load', load);
}

async function stopAll(): Promise<void> {
  for (const subject of started.splice(0)) await subject.stop();
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    interrupted = true; // nothing new starts during the cleanup
    void stopAll().finally(() => process.exit(1));
  });
}
try {
  await measureAll();
} finally {
  await stopAll();
}
const text = markdown(results);
process.stdout.write(text);
mkdirSync(dirname(values.json), { recursive: true });
writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
if (!quick && only === undefined && values.doc) {
  mkdirSync(join(checkout, 'docs/plots'), { recursive: true });
  writeFileSync(join(checkout, 'docs/performance.md'), text);
  for (const [name, svg] of Object.entries(plots(results))) writeFileSync(join(checkout, 'docs/plots', name), svg);
  spawnSync(join(checkout, 'node_modules/.bin/biome'), ['format', '--write', join(checkout, 'docs/performance.md')]);
}
