import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isMountPoint } from '../helpers/fauxen.ts';
import { processesWith } from '../helpers/processes.ts';
import { type Finished, PATIENCE, runCommand } from '../helpers/run-command.ts';
import { checkout } from '../helpers/source-files.ts';
import { stateOf } from './client.ts';
import { type Fault, faults } from './faults.ts';
import { World } from './world.ts';

export interface SoakOptions {
  seconds: number;
  seed: number;
  /** An empty folder for all files. */
  folder: string;
  /** Run only faults whose names contain this. */
  only: string;
}

export interface SoakResult {
  seconds: number;
  seed: number;
  calls: number;
  bytes: number;
  lines: number;
  /** Calls that failed because their daemon had been killed: reported, not lost. */
  cutOff: number;
  /** Calls that got EIO while another caller's copy was stuck. */
  refused: number;
  /** Wrong or missing results, bytes that did not arrive, and missing lines that were reported as written. */
  lost: { calls: number; bytes: number; lines: number };
  faults: { name: string; injected: number; survived: number }[];
  tools: { command: string; runs: number; failed: number }[];
  reads: number;
  growth: { megabytes: number; descriptors: number };
  /** Mounts and processes that were left behind: there should be none. */
  left: string[];
  complaints: string[];
}

/** When to begin to measure the daemon that is not killed, as a part of the whole time. */
const WARM_UP = 0.2;

/** In a shorter soak, Xen's tools and slow faults would take all of the time. */
const LONG = 60;

/** Xen's tools make hundreds of calls on a very busy machine: only a hang takes longer. */
const TOOL_PATIENCE = 120_000;

const TOOLS = '/usr/lib/xen-4.17/bin';

/**
 * `xl dmesg` reads until there is nothing new, which is for ever if lines arrive faster than it reads. So head(1) limits it to one ring,
 * and it must end with 0 or with SIGPIPE. It runs in sh: bash would first run BASH_ENV.
 */
const DMESG = `status=$({ { ${TOOLS}/xl dmesg; echo $? >&3; } | head -c 65536 >/dev/null; } 3>&1)
[ "$status" = 0 ] || [ "$status" = 141 ]`;

const tools = [
  { command: 'xl dmesg', words: ['sh', '-c', DMESG] },
  { command: 'xl info', words: [`${TOOLS}/xl`, 'info'] },
  { command: 'xenpm get-cpuidle-states 0', words: [`${TOOLS}/xenpm`, 'get-cpuidle-states', '0'] },
];

export async function soak({ seconds, seed, folder, only }: SoakOptions): Promise<SoakResult> {
  const programs = new Map<string, string>();
  const program = (source: string) => {
    if (!programs.has(source)) programs.set(source, compile(source, folder));
    return programs.get(source)!; // just set
  };
  const worlds = [
    new World('kept', 'mount', folder, program('soak.c'), 3), // three were requested and returned
    new World('killed', 'mount', folder, program('soak.c'), 3),
    new World('run', 'run', folder, program('soak.c'), 1),
  ];
  process.env.FAUXEN_SOAK = folder; // everything that is started inherits it
  const random = randomFrom(seed);
  const chosen = faults.filter((fault) => fault.name.includes(only) && (only !== '' || seconds >= LONG || !fault.long));
  if (chosen.length === 0)
    throw new Error(`no fault has "${only}" in its name: ${faults.map(({ name }) => name).join('; ')}`);
  const tally = new Map(chosen.map(({ name }) => [name, { name, injected: 0, survived: 0 }]));
  const complaints: string[] = [];
  const stuck = new Set<number>();
  await Promise.all(worlds.map((world) => world.start()));
  const [kept] = worlds;
  const end = performance.now() + seconds * 1000;
  const warm = performance.now() + seconds * 1000 * WARM_UP;
  let before: ReturnType<World['size']> | undefined;
  const load = besideIt(kept!, seconds >= LONG, () => performance.now() < end);

  while (performance.now() < end) {
    const fault = choose(chosen, random);
    const fitting = worlds.filter(fault.fits);
    const world = fitting[random(fitting.length)]!; // each fault has a weight
    const count = tally.get(fault.name)!;
    count.injected += 1;
    try {
      await fault.inject({ world, random, program });
      count.survived += 1;
    } catch (error) {
      complaints.push(`${world.name}, ${fault.name}: ${error instanceof Error ? error.message : error}`);
    }
    for (const one of worlds) {
      for (const { id } of one.stuck()) stuck.add(id);
      one.replenish();
    }
    if (before === undefined && performance.now() > warm) before = kept!.size();
    await sleep(random(Math.min(1000, seconds * 5)));
  }
  const after = kept!.size();
  const { reads, tools, complaints: toolsComplain } = await load;
  const left: string[] = [];
  for (const ended of await Promise.all(worlds.map((world) => world.stop()))) left.push(...ended);
  for (const { dir } of worlds) {
    if (!isMountPoint(dir)) continue;
    left.push(`a mount on ${dir}`);
    spawnSync('umount', ['-l', dir], { timeout: 5_000 });
  }
  left.push(...(await processesLeft(`FAUXEN_SOAK=${folder}`)));
  const totals = worlds.map((world) => world.totals());
  const sum = (key: 'calls' | 'bytes' | 'told' | 'cutOff' | 'refused' | 'wrong' | 'wrongBytes' | 'lostLines') =>
    totals.reduce((total, each) => total + each[key], 0);
  return {
    seconds,
    seed,
    calls: sum('calls'),
    bytes: sum('bytes'),
    lines: sum('told'),
    cutOff: sum('cutOff'),
    refused: sum('refused'),
    lost: { calls: sum('wrong') + stuck.size, bytes: sum('wrongBytes'), lines: sum('lostLines') },
    faults: [...tally.values()],
    tools,
    reads,
    growth: {
      megabytes: after.megabytes - (before ?? after).megabytes,
      descriptors: after.descriptors - (before ?? after).descriptors,
    },
    left,
    complaints: [...complaints, ...toolsComplain, ...totals.flatMap((each) => each.complaints)],
  };
}

/** Readers of dmesg, and Xen's own tools where they are installed. */
async function besideIt(world: World, withTools: boolean, goesOn: () => boolean) {
  const candidates = tools.map(({ command, words }) => ({ command, words, runs: 0, failed: 0 }));
  const cli = join(checkout, 'dist/cli/main.js');
  const run = ({ words }: { words: string[] }) =>
    runCommand(process.execPath, [cli, 'run', '--at', world.dir, '--', ...words], { timeout: TOOL_PATIENCE });
  const complaints: string[] = [];
  const fitting: typeof candidates = [];
  for (const tool of withTools && existsSync(TOOLS) ? candidates : []) {
    if ((await run(tool)).status === 0) fitting.push(tool);
  }
  const [reads] = await Promise.all([
    readDmesg(world, goesOn),
    ...fitting.map(async (tool) => {
      while (goesOn()) {
        tool.runs += 1;
        const ran = await run(tool);
        if (ran.status !== 0) {
          tool.failed += 1;
          complaints.push(`${tool.command}: ${failure(ran)}`);
        }
        await sleep(500);
      }
    }),
  ]);
  return { reads, tools: fitting.map(({ words: _words, ...counts }) => counts), complaints };
}

/** The processes that do not end although all were asked to, with their states. */
async function processesLeft(mark: string): Promise<string[]> {
  for (const end = performance.now() + PATIENCE; performance.now() < end; await sleep(100)) {
    if (processesWith(mark).length === 0) return [];
  }
  return processesWith(mark).map((pid) => {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ');
    return `process ${pid}, state ${stateOf(Number(pid))}: ${words}`;
  });
}

/** Why a program failed, in one line. */
function failure({ status, signal, timedOut, stdout, stderr }: Finished): string {
  const how = timedOut ? `did not end in ${TOOL_PATIENCE / 1000} s` : `ended with ${status ?? signal}`;
  return `${how}, wrote ${stdout.length} bytes; stderr: ${stderr.trim().slice(-2000)}`;
}

async function readDmesg(world: World, goesOn: () => boolean): Promise<number> {
  let reads = 0;
  while (goesOn()) {
    const { stdout, status } = await runCommand('cat', [join(world.dir, 'dmesg')]);
    if (status === 0 && stdout.includes('soak ')) reads += 1;
    await sleep(100);
  }
  return reads;
}

function compile(source: string, folder: string): string {
  const program = join(folder, source.replace('.c', ''));
  const gcc = spawnSync('gcc', ['-O1', '-pthread', '-o', program, join(checkout, 'test/programs', source)]);
  if (gcc.status !== 0)
    throw new Error(`gcc ${source}: ${gcc.error?.message ?? gcc.stderr}. Install gcc and libxen-dev.`);
  return program;
}

function choose(faults: readonly Fault[], random: (limit: number) => number): Fault {
  let at = random(faults.reduce((sum, { weight }) => sum + weight, 0));
  return faults.find(({ weight }) => {
    at -= weight;
    return at < 0;
  })!; // the sum of the weights is greater than `at`
}

/** Whole numbers from 0 to below a limit: xorshift, so that a seed repeats the order of faults. */
function randomFrom(seed: number): (limit: number) => number {
  let state = seed | 1;
  return (limit) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % Math.max(1, limit);
  };
}
