import t from 'tap';
import { addDomain, createVcpus, destroyDomain } from '../../../src/xen/domain/lifecycle.ts';
import { raiseGlobalVirq } from '../../../src/xen/domain/raise-virq.ts';
import { virqs } from '../../../src/xen/domain/virq.ts';
import { errno } from '../../../src/xen/errno.ts';
import type { Hypervisor } from '../../../src/xen/hypervisor.ts';
import { FakeGuest } from '../fake-guest.ts';
import { hypercall, testHypervisor } from '../host.ts';

const BIND_INTERDOMAIN = 0;
const BIND_VIRQ = 1;
const CLOSE = 3;
const SEND = 4;
const STATUS = 5;
const ALLOC_UNBOUND = 6;
const BIND_VCPU = 8;
const SET_PRIORITY = 13;

const structs = new Map([
  [BIND_INTERDOMAIN, 'evtchn_bind_interdomain'],
  [BIND_VIRQ, 'evtchn_bind_virq'],
  [CLOSE, 'evtchn_close'],
  [SEND, 'evtchn_send'],
  [STATUS, 'evtchn_status'],
  [ALLOC_UNBOUND, 'evtchn_alloc_unbound'],
  [BIND_VCPU, 'evtchn_bind_vcpu'],
  [SET_PRIORITY, 'evtchn_set_priority'],
]);

/** Issues an operation with its fields; returns the struct's field `out` afterwards, or the negative result. */
function caller(xen: Hypervisor, domid = 0) {
  const guest = new FakeGuest();
  return (command: number, fields: Record<string, number>, out?: string) => {
    const struct = xen.abi.struct(structs.get(command) ?? '');
    for (const [name, value] of Object.entries(fields)) struct.field(name).set(guest.view, value);
    const result = hypercall(xen, guest, 32, [command, guest.base], domid);
    return result !== 0 || out === undefined ? result : struct.field(out).get(guest.view);
  };
}

t.test('dom0 gets the answers that a real Xen gave', async (t) => {
  const op = caller(await testHypervisor());
  const cases: [string, number, Record<string, number>, string | undefined, number][] = [
    ['the first free port', ALLOC_UNBOUND, { dom: 0x7ff0, remote_dom: 0 }, 'port', 26],
    ['it is unbound', STATUS, { dom: 0x7ff0, port: 26 }, 'status', 1],
    ['a send to nobody is lost', SEND, { port: 26 }, undefined, 0],
    ['no such virtual CPU', BIND_VCPU, { port: 26, vcpu: 99 }, undefined, -errno.ENOENT],
    ['close', CLOSE, { port: 26 }, undefined, 0],
    ['close again', CLOSE, { port: 26 }, undefined, -errno.EINVAL],
    ['closed', STATUS, { dom: 0x7ff0, port: 26 }, 'status', 0],
    ['port 0', SEND, { port: 0 }, undefined, -errno.EINVAL],
    ['far away', STATUS, { dom: 0x7ff0, port: 99999 }, undefined, -errno.EINVAL],
    ['for no domain', ALLOC_UNBOUND, { dom: 999 }, undefined, -errno.ESRCH],
    ['a port of no domain', STATUS, { dom: 999, port: 1 }, undefined, -errno.ESRCH],
    ['the timer', STATUS, { dom: 0x7ff0, port: 1 }, 'status', 4],
    ['an IPI', STATUS, { dom: 0x7ff0, port: 2 }, 'status', 5],
    ['the other timer', STATUS, { dom: 0x7ff0, port: 7 }, 'vcpu', 1],
    ['no such virq', BIND_VIRQ, { virq: 99 }, undefined, -errno.EINVAL],
    ['a virq twice', BIND_VIRQ, { virq: 2, vcpu: 0 }, undefined, -errno.EEXIST],
    ['a virq of the architecture is global', BIND_VIRQ, { virq: 16, vcpu: 1 }, undefined, -errno.EINVAL],
    ['an unassigned one, too', BIND_VIRQ, { virq: 14, vcpu: 1 }, undefined, -errno.EINVAL],
    ['priority of port 0', SET_PRIORITY, { port: 0, priority: 7 }, undefined, -errno.EACCES],
    ['a virq of no virtual CPU', BIND_VIRQ, { virq: 0, vcpu: 99 }, undefined, -errno.ENOENT],
    ['port 0 of itself', BIND_INTERDOMAIN, { remote_dom: 0, remote_port: 0 }, undefined, -errno.EINVAL],
    ['of no domain', BIND_INTERDOMAIN, { remote_dom: 999, remote_port: 0 }, undefined, -errno.ESRCH],
  ];
  for (const [name, command, fields, out, expected] of cases) t.equal(op(command, fields, out), expected, name);
});

t.test('bad commands and pointers are refused', async (t) => {
  const xen = await testHypervisor();
  const guest = new FakeGuest();
  for (let command = 0; command <= 14; command += 1) {
    t.equal(hypercall(xen, guest, 32, [command, 0]), -errno.EFAULT, `${command} at NULL`);
  }
  for (const command of [15, 99, -1]) t.equal(hypercall(xen, guest, 32, [command, 0]), -errno.ENOSYS);
  guest.view.setUint32(0, 99, true);
  t.equal(hypercall(xen, guest, 16, [guest.base]), -errno.ENOSYS, 'compat');
  t.equal(hypercall(xen, guest, 16, [0]), -errno.EFAULT);
});

t.test('the lowest free port is given out first', async (t) => {
  const op = caller(await testHypervisor());
  const alloc = () => op(ALLOC_UNBOUND, { dom: 0x7ff0, remote_dom: 0 }, 'port');
  t.equal(alloc(), 26);
  t.equal(alloc(), 27);
  op(CLOSE, { port: 26 });
  t.equal(alloc(), 26);
  t.equal(alloc(), 28);
});

t.test('two domains exchange events: each is notified once until it has seen the event', async (t) => {
  const xen = await testHypervisor();
  const guest = addDomain(xen, { id: 1, type: 'pv', pool: xen.pools.first });
  createVcpus(xen, guest, 1);
  const [dom0, domU] = [caller(xen), caller(xen, 1)];
  const heard: string[] = [];
  const port = dom0(ALLOC_UNBOUND, { dom: 0x7ff0, remote_dom: 1 }, 'port');
  t.equal(caller(xen, 0)(BIND_INTERDOMAIN, { remote_dom: 0, remote_port: port }), -errno.EINVAL, 'not for dom0');
  const local = domU(BIND_INTERDOMAIN, { remote_dom: 0, remote_port: port }, 'local_port');
  t.equal(local, 1);
  guest.eventChannels.clearPending(local);
  for (const id of [0, 1]) {
    const channels = xen.domains.get(id)?.eventChannels;
    channels?.serve((port) => heard.push(`${id}:${port}`));
  }
  dom0(SEND, { port });
  dom0(SEND, { port });
  domU(SEND, { port: local });
  t.same(heard, ['1:1', `0:${port}`]);
  guest.eventChannels.clearPending(local);
  guest.eventChannels.mask(local);
  dom0(SEND, { port });
  t.equal(heard.length, 2, 'not while masked');
  guest.eventChannels.unmask(local);
  t.equal(heard.length, 3);
  t.equal(domU(STATUS, { dom: 0, port: 1 }), -errno.EPERM);
  t.equal(domU(ALLOC_UNBOUND, { dom: 0, remote_dom: 1 }), -errno.EPERM);
  destroyDomain(xen, guest);
  t.equal(dom0(STATUS, { dom: 0x7ff0, port }, 'status'), 1, 'waits again when the other is gone');
});

t.test('a global virq reaches the domain that bound it', async (t) => {
  const xen = await testHypervisor();
  const op = caller(xen);
  const port = op(BIND_VIRQ, { virq: virqs.domExc, vcpu: 0 }, 'port');
  const heard: number[] = [];
  const channels = xen.domains.get(0)?.eventChannels;
  channels?.serve((port) => heard.push(port));
  raiseGlobalVirq(xen, virqs.domExc);
  t.same(heard, [port]);
  const ring = op(BIND_VIRQ, { virq: virqs.conRing, vcpu: 0 }, 'port');
  xen.console.printk('something happened\n');
  t.same(heard, [port, ring], 'and so does VIRQ_CON_RING');
});

t.test('the number of ports of a domain is limited', async (t) => {
  const xen = await testHypervisor();
  const guest = addDomain(xen, { id: 1, type: 'pv', pool: xen.pools.first });
  guest.maxEventChannelPort = 70;
  const op = caller(xen, 1);
  for (let port = 1; port <= 70; port += 1) t.equal(op(ALLOC_UNBOUND, { dom: 0x7ff0 }, 'port'), port);
  t.equal(op(ALLOC_UNBOUND, { dom: 0x7ff0 }), -errno.ENOSPC);
  t.equal(op(STATUS, { dom: 0x7ff0, port: 127 }, 'status'), 0);
  t.equal(op(STATUS, { dom: 0x7ff0, port: 128 }), -errno.EINVAL);
});
