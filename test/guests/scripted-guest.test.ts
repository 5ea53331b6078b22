import t from 'tap';
import type { ConsoleScript } from '../../src/guests/console-script.ts';
import { Guests } from '../../src/guests/guests.ts';
import { makeConsole } from '../../src/scenario/make-console.ts';
import { CONSOLE_RING } from '../../src/scenario/rings.ts';
import { bootGuest } from '../../src/xen/domain/guest.ts';
import { destroyDomain, pauseDomain, unpauseDomain } from '../../src/xen/domain/lifecycle.ts';
import { monitorOf } from '../../src/xen/domain/monitor/monitor-of.ts';
import { pageAccesses } from '../../src/xen/memory/page-access.ts';
import { testHypervisor } from '../xen/host.ts';
import { INDEX, OtherEnd } from './other-end.ts';

/** A PVH guest with a script, and dom0's end of its console. */
async function scripted(script: ConsoleScript, { paused = false } = {}) {
  const xen = await testHypervisor();
  const dom0 = xen.domains.get(0);
  const domain = bootGuest(xen, { type: 'pvh', pages: 1024, paused });
  const boot = makeConsole(domain);
  if (dom0 === undefined || boot === undefined) throw new Error('no console');
  new Guests(xen, { script: {} }).add(domain, boot, script);
  const port = dom0.eventChannels.bindInterdomain(domain, boot.consolePort);
  dom0.eventChannels.clearPending(port);
  const other = new OtherEnd(domain, boot.consoleFrame);
  /** Whether the guest sent an event since the last call. */
  const notified = () => {
    const pending = dom0.eventChannels.isPending(port);
    dom0.eventChannels.clearPending(port);
    return pending;
  };
  const type = (text: string) => {
    other.type(text);
    dom0.eventChannels.send(port);
  };
  return { xen, domain, other, notified, type, send: () => dom0.eventChannels.send(port) };
}

t.test('it writes its text at once, and answers what is typed with an event each way', async (t) => {
  const { other, notified, type, send } = await scripted({
    text: 'up\n',
    prompt: '> ',
    answers: [{ line: 'memory', say: '{memory} MiB\n' }],
  });
  t.equal(other.fetch(), 'up\r\n> ');
  send();
  t.notOk(notified(), 'nothing happened, so nobody is told');
  type('mem');
  t.ok(notified());
  t.equal(other.fetch(), 'mem');
  type('ory\rwhat\r');
  t.ok(notified());
  t.equal(other.fetch(), 'ory\r\n4 MiB\r\n> what\r\n> ');
  t.equal(other.index(INDEX.taken), other.index(INDEX.typed), 'every key was taken');
});

t.test('output that does not fit into the ring follows once there is space', async (t) => {
  const long = Array.from({ length: 1000 }, (_, line) => `line ${line}\n`).join('');
  const { other, notified, type, send } = await scripted({ text: long, answers: [{ line: 'again', say: long }] });
  const fetchAll = () => {
    let all = '';
    for (let text = other.fetch(500); text !== ''; text = other.fetch(500)) {
      all += text;
      send();
    }
    return all;
  };
  t.equal(fetchAll(), long.replaceAll('\n', '\r\n'));
  type('again\r'.repeat(100));
  t.ok(notified());
  t.equal(other.index(INDEX.printed) - other.index(INDEX.fetched), 2048, 'the ring is full, and the rest waits');
  t.equal(fetchAll(), `again\r\n${long.replaceAll('\n', '\r\n')}`.repeat(100));
});

t.test('a paused guest answers when it is unpaused', async (t) => {
  const { xen, domain, other, notified, type } = await scripted({
    text: 'up\n',
    answers: [{ line: '*', say: 'yes\n' }],
  });
  pauseDomain(xen, domain);
  t.equal(other.fetch(), 'up\r\n');
  type('there?\r');
  t.notOk(notified());
  t.equal(other.fetch(), '');
  unpauseDomain(xen, domain);
  t.ok(notified());
  t.equal(other.fetch(), 'there?\r\nyes\r\n');
});

t.test('it shuts down when its script says so, with its last output in the ring', async (t) => {
  const { domain, other, type } = await scripted({ answers: [{ line: 'off', say: 'bye\n', shutdown: 'reboot' }] });
  type('off\rmore\r');
  t.equal(other.fetch(), 'off\r\nbye\r\n');
  t.equal(domain.shutDown, true);
  t.equal(domain.shutdownCode, 1);
  type('hello?\r');
  t.equal(other.fetch(), '');
});

t.test('it shuts down after a text that takes several rings', async (t) => {
  const { domain, other, send } = await scripted({ text: 'x'.repeat(3000), shutdown: 'crash' });
  t.equal(other.fetch().length, 2048);
  t.equal(domain.shutDown, false);
  send();
  t.equal(other.fetch().length, 952);
  t.equal(domain.shutdownCode, 3);
});

t.test('invalid ring contents and a domain that ends affect no other guest', async (t) => {
  const { xen, domain, other, send, type } = await scripted({ answers: [{ line: '*', say: 'yes\n' }] });
  for (const index of Object.values(INDEX)) {
    for (const value of [0x80000000, 0xffffffff, 5000]) {
      other.setIndex(index, value);
      send();
    }
  }
  for (const index of Object.values(INDEX)) other.setIndex(index, 0);
  other.fetch();
  type('still?\r');
  t.match(other.fetch(), /yes/);
  destroyDomain(xen, domain);
  send();
  t.equal(xen.domains.get(domain.id), undefined);
});

t.test('a domain built by the tools starts when it is first unpaused; without a console it never starts', async (t) => {
  const xen = await testHypervisor();
  new Guests(xen, { script: { text: 'domain {domid}' } });
  const [silent, built] = [1, 2].map((id) => bootGuest(xen, { id, type: 'pvh', pages: 16, paused: true }));
  if (silent === undefined || built === undefined) throw new Error('no domains');
  built.hvmParameters.set(17, 5n);
  const other = new OtherEnd(built, 5);
  pauseDomain(xen, built);
  unpauseDomain(xen, built);
  t.equal(other.fetch(), '', 'it is paused still');
  unpauseDomain(xen, built);
  t.equal(other.fetch(), 'domain 2');
  pauseDomain(xen, built);
  unpauseDomain(xen, built);
  t.equal(other.fetch(), '', 'once');
  unpauseDomain(xen, silent);
  t.same([silent.hasKernel, built.hasKernel], [false, true]);
});

t.test('it waits for a listener that watches its console page, and loses nothing', async (t) => {
  const { xen, domain, other, type } = await scripted({ answers: [{ line: 'x', say: 'y\n' }] });
  const dom0 = xen.domains.get(0);
  if (dom0 === undefined) throw new Error('no dom0');
  const RING = 0xfeff9; // HVM_PARAM_MONITOR_RING_PFN
  domain.memory.populate(RING, 1);
  const monitor = monitorOf(xen, domain);
  t.ok(monitor.enable(dom0) > 0);
  const accesses = domain.memory.properties.restrictAccess();
  /** As a listener that answers the request whose index is `count` - 1. */
  const answer = (count: number) => {
    domain.memory.writeFrame(RING, 8, new Uint8Array([count]));
    monitor.resume();
  };
  accesses.set(CONSOLE_RING.gfn, 1, pageAccesses.n);
  type('x\r');
  t.equal(other.index(INDEX.taken), 0, 'it may not even look');
  answer(1);
  t.equal(domain.vcpus[0]?.pauseCount, 1, 'it tried again, and waits again');
  accesses.set(CONSOLE_RING.gfn, 1, 5);
  answer(2);
  t.equal(other.index(INDEX.taken), 0, 'it may look, and not write that it did');
  type('x\r');
  accesses.set(CONSOLE_RING.gfn, 1, pageAccesses.rwx);
  answer(3);
  t.equal(domain.vcpus[0]?.pauseCount, 0);
  t.equal(other.fetch(), 'x\r\ny\r\nx\r\ny\r\n');
});

t.test('the power button powers a guest off', async (t) => {
  const { xen, domain } = await scripted({ text: 'up\n' });
  xen.hooks.triggered.run(domain, 'nmi');
  t.notOk(domain.shutDown);
  xen.hooks.triggered.run(domain, 'power');
  t.ok(domain.shutDown);
  t.equal(domain.shutdownCode, 0);
});
