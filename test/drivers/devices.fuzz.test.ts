import fc from 'fast-check';
import t from 'tap';
import { EvtchnDriver } from '../../src/drivers/evtchn.ts';
import { GntallocDriver } from '../../src/drivers/gntalloc/gntalloc.ts';
import { GntdevDriver } from '../../src/drivers/gntdev/gntdev.ts';
import { DEFERRED, type OpenFile } from '../../src/fuse/node.ts';
import type { PendingReply, Request } from '../../src/fuse/request.ts';
import { bootGuest } from '../../src/xen/guest.ts';
import { fuzz, timeout } from '../helpers/fuzz.ts';
import { violatedAccounts } from '../xen/accounts.ts';
import { FakeGuest } from '../xen/fake-guest.ts';
import { testHypervisor } from '../xen/host.ts';

/** A caller's memory whose kernel copies reach as far as the hypervisor's. */
class Caller extends FakeGuest {
  copyFromUser = this.read.bind(this);
  copyToUser = this.write.bind(this);
}

const caller = new Caller(4096);
const owner = { uid: 0, gid: 0 };
const O_NONBLOCK = 0o4000;

/** Of <xen/sys/evtchn.h>, gntdev.h and gntalloc.h. */
const commands = {
  evtchn: [0x44500, 0x84501, 0x44502, 0x44503, 0x44504, 0x4505, 0x24506],
  gntdev: [0x184700, 0x104701, 0x184702, 0x104707, 0x104708],
  gntalloc: [0x184705, 0x104706, 0x104707],
};
type Device = keyof typeof commands;
const devices = Object.keys(commands) as Device[]; // its keys

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
  /** A pointer to segments within the caller, at the place of gntdev's and of an offset's upper half otherwise. */
  pointer: fc.boolean(),
  offset: small.map((page) => 4096 * page),
  length: fc.constantFrom(0, 1, 4, 4096, 8192),
});

class FakeRequest implements Request {
  readonly tid = 0; // none: whatever would be done in the caller is not to be done here
  readonly uid = 0;
  readonly gid = 0;
  readonly compat = false;
  readonly pending: { reply: PendingReply; interrupt: () => void }[] = [];

  defer(onInterrupt?: () => void): PendingReply {
    let answered = false;
    const answer = () => {
      answered = true;
    };
    const reply: PendingReply = {
      get answered() {
        return answered;
      },
      error: answer,
      data: answer,
      written: answer,
      ioctl: answer,
    };
    this.pending.push({ reply, interrupt: () => onInterrupt?.() });
    return reply;
  }

  replyIoctl(): void {}
}

async function world() {
  const hypervisor = await testHypervisor();
  const domain = hypervisor.domains.get(0);
  if (domain === undefined) throw new Error('no dom0');
  for (let index = 0; index < 4; index += 1) domain.grants.sharedFrame(index); // the table stays as large as it was once
  const guest = bootGuest(hypervisor, { id: 1, type: 'pv', pages: 64, connected: true });
  for (const ref of [8, 9, 10, 11]) guest.grants.grantAccess(ref, 0, guest.memory.addSpecial() ?? 0, ref % 2 === 0);
  const memory = () => caller;
  const options = { hypervisor, domain, memory, owner, notifyPoll() {}, note() {} };
  const evtchn = new EvtchnDriver(options);
  const nodes = {
    evtchn: evtchn.node(),
    gntdev: new GntdevDriver({ ...options, evtchn }).node(),
    gntalloc: new GntallocDriver(options, evtchn).node(),
  };
  const request = new FakeRequest();
  const open = (device: Device): OpenFile => {
    const file = nodes[device].open(request, 2);
    if (typeof file === 'number') throw new Error(`open of ${device}: ${file}`);
    return file;
  };
  return { hypervisor, domain, guest, request, open };
}

t.test(
  'no use of evtchn, gntdev and gntalloc throws; once all is closed, all is given back',
  { timeout },
  async (t) => {
    await fuzz(
      t,
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 60 }), async (steps) => {
        const { hypervisor, domain, guest, request, open } = await world();
        const state = () => ({
          ports: [...domain.eventChannels.ports()].length,
          free: hypervisor.memory.heap.freePages,
          pages: domain.totPages,
          references: guest.references,
        });
        const before = state();
        const files = new Map(devices.flatMap((device) => [0, 1].map((which) => [device + which, open(device)])));
        for (const { device, which, what, command, strange, argument, memory, pointer, offset, length } of steps) {
          const file = files.get(device + which)!; // there are both
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
        // gntdev first: a page of gntalloc that is mapped stays until then.
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
