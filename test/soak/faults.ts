import { join } from 'node:path';
import { runCommand } from '../helpers/run-command.ts';
import type { Client } from './client.ts';
import { endOf, type World, within } from './world.ts';

export interface Tools {
  world: World;
  /** From 0 to below `limit`. */
  random(limit: number): number;
  /** test/programs/ask.c and faults.c, compiled. */
  ask: string;
  faults: string;
}

export interface Fault {
  name: string;
  /** How often, beside the others. */
  weight: number;
  fits(world: World): boolean;
  /** Does it, and waits until it is over. Throws where the world did not take it well. */
  inject(tools: Tools): Promise<void>;
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const any = ({ world, random }: Tools): Client | undefined => world.clients[random(world.clients.length)];
const isMount = (world: World) => world.how === 'mount';

async function asks(tools: Tools, number: string, answer: RegExp): Promise<void> {
  const { stdout, stderr, timedOut } = await runCommand(tools.ask, [number], { env: tools.world.env });
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
      await pause(tools.random(50));
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
      await pause(random(300));
      daemon.kill('SIGKILL');
      try {
        await within(endOf(daemon), 'a killed daemon');
      } finally {
        await world.mount(); // else there would be none for the next fault
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
      await pause(tools.random(200));
      client?.process.kill('SIGCONT');
    },
  },
  {
    name: 'the daemon stopped for a while',
    weight: 1,
    fits: isMount,
    async inject({ world, random }) {
      world.daemon?.kill('SIGSTOP');
      await pause(random(200));
      world.daemon?.kill('SIGCONT');
    },
  },
  {
    name: 'a file of hypercalls saved again',
    weight: 2,
    fits: () => true,
    inject: async ({ world }) => world.reload(),
  },
  {
    name: 'a file of hypercalls broken, then repaired',
    weight: 1,
    fits: () => true,
    async inject({ world, random }) {
      world.spoil();
      await pause(100 + random(200));
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
    async inject({ world, faults }) {
      const { timedOut } = await runCommand(faults, ['mapped', 'private'], { env: world.env });
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
];
