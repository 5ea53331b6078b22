import fc from 'fast-check';
import t from 'tap';
import { DEFERRED } from '../../src/fuse/node.ts';
import { fuzz, timeout } from '../helpers/fuzz.ts';
import { violatedAccounts } from '../xen/accounts.ts';
import { caller, commands, devices, deviceWorld } from './device-world.ts';

const O_NONBLOCK = 0o4000;

const small = fc.nat({ max: 12 });
const word = fc.oneof(
  { weight: 5, arbitrary: small },
  { weight: 2, arbitrary: fc.nat({ max: 12 }).map((page) => 4096 * page) },
  fc.constantFrom(0x7ff0, 1024, 1025, 65536, 65537, 131072, 2 ** 31, 2 ** 32 - 1),
  fc.nat({ max: 0xffffffff }),
);

const step = fc.record({
  device: fc.constantFrom(...devices),
  which: fc.nat({ max: 1 }),
  what: fc.constantFrom('ioctl', 'ioctl', 'ioctl', 'ioctl', 'read', 'write', 'poll', 'reopen', 'interrupt', 'send'),
  command: fc.nat({ max: 6 }),
  strange: fc.option(fc.nat({ max: 0xffffffff }), { freq: 20 }),
  argument: fc.oneof(
    { weight: 9, arbitrary: fc.constant(caller.base) },
    fc.constantFrom(0, caller.base + 4090, 2 ** 53 - 1),
  ),
  memory: fc.array(word, { maxLength: 14 }),
  /** A pointer to segments in the caller where gntdev has one; elsewhere these bytes are the upper half of an offset. */
  pointer: fc.boolean(),
  offset: small.map((page) => 4096 * page),
  length: fc.constantFrom(0, 1, 4, 4096, 8192),
});

t.test(
  'no use of evtchn, gntdev and gntalloc throws; once all is closed, all is given back',
  { timeout },
  async (t) => {
    await fuzz(
      t,
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 60 }), async (steps) => {
        const { hypervisor, domain, guest, request, open } = await deviceWorld();
        const state = () => ({
          ports: [...domain.eventChannels.ports()].length,
          free: hypervisor.memory.heap.freePages,
          pages: domain.totPages,
          references: guest.references,
        });
        const before = state();
        const files = new Map(devices.flatMap((device) => [0, 1].map((which) => [device + which, open(device)])));
        for (const { device, which, what, command, strange, argument, memory, pointer, offset, length } of steps) {
          const file = files.get(device + which)!; // both exist
          caller.bytes.fill(0);
          for (const [index, value] of memory.entries()) caller.view.setUint32(4 * index, value, true);
          if (pointer) caller.view.setBigUint64(8, BigInt(caller.base + 16), true);
          const data = caller.bytes.slice(0, length);
          let result: number | undefined = 0;
          if (what === 'ioctl') {
            const known = commands[device];
            result = file.ioctl?.(request, strange ?? known[command % known.length]!, argument);
          } else if (what === 'read') result = file.read?.(request, offset, data, which === 0 ? O_NONBLOCK : 0);
          else if (what === 'write') result = file.write?.(request, offset, data, 0);
          else if (what === 'poll') result = file.poll?.(request, 1, BigInt(which));
          else if (what === 'interrupt') request.pending.shift()?.interrupt();
          else if (what === 'send') domain.eventChannels.send(memory[0] ?? 1);
          else {
            file.release?.(request);
            files.set(device + which, open(device));
          }
          const isGood =
            result === undefined || result === DEFERRED || (Number.isSafeInteger(result) && result >= -4095);
          if (!isGood) throw new Error(`${device}, ${what}: ${result}`);
          const wrong = violatedAccounts(hypervisor);
          if (wrong.length > 0) throw new Error(wrong.join('; '));
        }
        // gntdev first: a mapped page of gntalloc stays until it is unmapped.
        for (const device of ['gntdev', 'gntalloc', 'evtchn']) {
          for (const which of [0, 1]) files.get(device + which)?.release?.(request);
        }
        const after = state();
        if (JSON.stringify(after) !== JSON.stringify(before)) {
          throw new Error(`before ${JSON.stringify(before)}, after ${JSON.stringify(after)}`);
        }
      }),
    );
  },
);
