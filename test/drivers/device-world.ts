import { Ptracer } from '../../src/caller/ptracer.ts';
import { EvtchnDriver } from '../../src/drivers/evtchn.ts';
import { GntallocDriver } from '../../src/drivers/gntalloc/gntalloc.ts';
import { GntdevDriver } from '../../src/drivers/gntdev/gntdev.ts';
import type { FileRequest, PendingReply } from '../../src/fuse/file-request.ts';
import type { OpenFile } from '../../src/fuse/node.ts';
import { bootGuest } from '../../src/xen/domain/guest.ts';
import { testHypervisor } from '../xen/host.ts';
import { FakeCaller } from './fake-caller.ts';

/** The caller's memory. */
export const caller = new FakeCaller(4096);
const owner = { uid: 0, gid: 0 };
/** Of <xen/sys/evtchn.h>, gntdev.h and gntalloc.h. */
export const commands = {
  evtchn: [0x44500, 0x84501, 0x44502, 0x44503, 0x44504, 0x4505, 0x24506],
  gntdev: [0x184700, 0x104701, 0x184702, 0x104707, 0x104708],
  gntalloc: [0x184705, 0x104706, 0x104707],
};
export type Device = keyof typeof commands;
export const devices = Object.keys(commands) as Device[]; // its keys

class FakeRequest implements FileRequest {
  readonly tid = 0; // none: nothing may be injected into a caller here
  readonly uid = 0;
  readonly gid = 0;
  readonly compat = false;
  readonly nodeid = 2;
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

/** A dom0 with these devices, beside a guest with a few grants. */
export async function deviceWorld() {
  const hypervisor = await testHypervisor();
  const domain = hypervisor.domains.get(0);
  if (domain === undefined) throw new Error('no dom0');
  for (let index = 0; index < 4; index += 1) domain.grants.sharedFrame(index); // the table never shrinks
  const guest = bootGuest(hypervisor, { id: 1, type: 'pv', pages: 64, connected: true });
  for (const ref of [8, 9, 10, 11]) guest.grants.grantAccess(ref, 0, guest.memory.special.add() ?? 0, ref % 2 === 0);
  const memory = () => caller;
  const options = { hypervisor, domain, memory, owner, ptracer: new Ptracer(), notifyPoll() {}, note() {} };
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
