import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runCommand } from '../helpers/run-command.ts';
import type { Client } from './client.ts';
import { endOf, type World, within } from './world.ts';

export interface Tools {
  world: World;
  /** A number from 0 to `limit` - 1. */
  random(limit: number): number;
  /** The path of a program of test/programs, compiled. */
  program(source: string): string;
}

export interface Fault {
  name: string;
  /** Relative frequency. */
  weight: number;
  /** Takes seconds: for long soaks only. */
  long?: true;
  fits(world: World): boolean;
  /** Causes the fault and waits until it is over. Throws if the world did not cope with it. */
  inject(tools: Tools): Promise<void>;
}

const any = ({ world, random }: Tools): Client | undefined => world.clients[random(world.clients.length)];
const isMount = (world: World) => world.how === 'mount';

/** Runs a program beside the world's clients. Throws unless its output is as expected. */
async function says(tools: Tools, words: string[], ...expected: RegExp[]): Promise<void> {
  const [command = '', ...args] = tools.world.words(...words);
  const { stdout, stderr, timedOut } = await runCommand(command, args, { env: tools.world.env, timeout: 60_000 });
  if (timedOut || !expected.every((each) => each.test(stdout)))
    throw new Error(`${words.join(' ')}: ${timedOut ? 'did not end' : `${stdout}${stderr}`}`);
}

async function asks(tools: Tools, number: string, answer: RegExp): Promise<void> {
  const { stdout, stderr, timedOut } = await runCommand(tools.program('ask.c'), [number], { env: tools.world.env });
  if (timedOut || !answer.test(stdout))
    throw new Error(`hypercall ${number}: ${timedOut ? 'no answer' : stdout + stderr}`);
}

/** The daemon of one world is never killed, so that its growth is seen. */
export const faults: Fault[] = [
  {
    name: 'kill -9 of a client, or of the daemon of fauxen run',
    weight: 8,
    fits: () => true,
    async inject(tools) {
      const client = any(tools);
      if (client === undefined) return;
      await sleep(tools.random(50));
      client.process.kill('SIGKILL'); // in a run world: of the daemon
      await within(client.ended, 'a killed client');
      tools.world.replenish();
    },
  },
  {
    name: 'kill -9 of the daemon of a mount',
    weight: 8,
    fits: (world) => isMount(world) && world.name === 'killed',
    async inject({ world, random }) {
      const { daemon } = world;
      if (daemon === undefined) return;
      await sleep(random(300));
      daemon.kill('SIGKILL');
      try {
        await within(endOf(daemon), 'a killed daemon');
      } finally {
        await world.mount(); // otherwise there would be none for the next fault
      }
    },
  },
  {
    name: 'a client stopped for a while',
    weight: 1,
    fits: isMount,
    async inject(tools) {
      const client = any(tools);
      client?.process.kill('SIGSTOP');
      await sleep(tools.random(200));
      client?.process.kill('SIGCONT');
    },
  },
  {
    name: 'the daemon stopped for a while',
    weight: 1,
    fits: isMount,
    async inject({ world, random }) {
      world.daemon?.kill('SIGSTOP');
      await sleep(random(200));
      world.daemon?.kill('SIGCONT');
    },
  },
  {
    name: 'a hypercall file saved again',
    weight: 2,
    fits: () => true,
    inject: async ({ world }) => world.reload(),
  },
  {
    name: 'a hypercall file broken, then repaired',
    weight: 1,
    fits: () => true,
    async inject({ world, random }) {
      world.spoil('this is no TypeScript;');
      await sleep(100 + random(200));
      world.reload();
    },
  },
  {
    name: 'a handler that throws',
    weight: 1,
    fits: isMount,
    inject: (tools) => asks(tools, '101', /^101: -1 Bad address$/m),
  },
  {
    name: 'a handler that never ends',
    weight: 1,
    fits: isMount,
    inject: (tools) => asks(tools, '102', /^102: -1 Connection timed out$/m),
  },
  {
    name: 'a pointer into a mapping of dmesg',
    weight: 1,
    fits: isMount,
    async inject({ world, program }) {
      const { timedOut } = await runCommand(program('faults.c'), ['mapped', 'private'], { env: world.env });
      if (timedOut) throw new Error('a copy from a mapping of dmesg: no answer');
    },
  },
  {
    name: 'readers of dmesg that stop in the middle',
    weight: 1,
    fits: isMount,
    async inject({ world }) {
      const script = `cat ${join(world.dir, 'dmesg')} | head -c 100 >/dev/null`;
      const { timedOut } = await runCommand('sh', ['-c', script]);
      if (timedOut) throw new Error('a reader of dmesg does not end');
    },
  },
  {
    name: 'a handler that calls process.exit()',
    weight: 1,
    fits: isMount,
    inject: (tools) => asks(tools, '103', /^103: -1 Bad address$/m),
  },
  {
    name: 'a handler that never ends, and leaves a timer and a promise behind that throw',
    weight: 1,
    fits: isMount,
    inject: (tools) => asks(tools, '105', /^105: -1 Connection timed out$/m),
  },
  {
    name: 'a hypercall file whose top-level code never ends',
    weight: 1,
    long: true,
    fits: () => true,
    async inject({ world, random }) {
      world.spoil('for (;;) {}');
      await sleep(500 + random(500));
      world.reload();
    },
  },
  {
    name: 'a handler that blocks in the kernel, which ends the hypervisor',
    weight: 1,
    long: true,
    fits: (world) => isMount(world) && world.name === 'killed',
    async inject(tools) {
      const { daemon } = tools.world;
      if (daemon === undefined) return;
      try {
        await asks(tools, '104', /^104: -1 /m);
        await within(endOf(daemon), 'a daemon whose hypervisor ended');
      } finally {
        daemon.kill('SIGKILL'); // if it has not ended, that is known by then
        await tools.world.mount();
      }
    },
  },
  {
    name: 'a daemon without free descriptors for a while',
    weight: 1,
    long: true,
    fits: (world) => isMount(world) && world.name === 'killed',
    async inject(tools) {
      const limit = async (soft: string) => {
        const { status, stderr } = await runCommand('prlimit', ['--pid', `${tools.world.daemon?.pid}`, soft]);
        if (status !== 0) throw new Error(`prlimit ${soft}: ${stderr}`);
      };
      await limit('--nofile=8:');
      try {
        await asks(tools, '101', /^101: -1 Bad address$/m);
      } finally {
        await limit('--nofile=1024:');
      }
    },
  },
  {
    name: 'a page fault that is never served',
    weight: 1,
    long: true,
    fits: () => true,
    inject: (tools) =>
      says(
        tools,
        [tools.program('unserved-page.c'), '2'],
        /, 0 strange answers, /,
        /was stuck: 0$/m,
        /^afterwards: 262161$/m,
      ),
  },
  {
    name: 'ioctls on directories by another user',
    weight: 1,
    long: true,
    fits: () => true,
    inject: (tools) =>
      says(
        tools,
        [tools.program('by-directory.c'), directoryOf(tools)],
        /^0 of 64 directories answered$/m,
        /^root: 1$/m,
      ),
  },
  {
    name: 'descriptors and threads that change during calls, of files with different answers',
    weight: 1,
    long: true,
    fits: () => true,
    inject: (tools) =>
      says(
        tools,
        [tools.program('fuzz-files.c'), '2', `${tools.random(2 ** 30)}`, directoryOf(tools)],
        /^\d+ calls, 0 wrong, /m,
      ),
  },
  {
    name: '5,000 open files at once',
    weight: 1,
    long: true,
    fits: () => true,
    inject: (tools) => says(tools, [tools.program('load.c'), 'fds', '5000'], /^5000 open, the last answers 262161$/m),
  },
  {
    name: '200 clients that start at once',
    weight: 1,
    long: true,
    fits: () => true,
    inject: (tools) => says(tools, [tools.program('load.c'), 'clients', '200', '5'], /^1000 of 1000 answered, /m),
  },
  {
    name: 'a multicall of 400,000 entries',
    weight: 1,
    long: true,
    fits: () => true,
    inject: (tools) => says(tools, [tools.program('guards.c'), 'beside-long', '400000'], /^\d{1,4}$/m),
  },
];

const directoryOf = ({ world }: Tools) => (isMount(world) ? world.dir : '/proc/xen');
