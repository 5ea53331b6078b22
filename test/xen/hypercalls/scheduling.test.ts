import t from 'tap';
import { DOMID_INVALID } from '../../../src/xen/domain/domain.ts';
import { bootGuest } from '../../../src/xen/domain/guest.ts';
import { shutdownDomain } from '../../../src/xen/domain/lifecycle.ts';
import { virqs } from '../../../src/xen/domain/virq.ts';
import { errno } from '../../../src/xen/errno.ts';
import { Control, type Fields } from '../control.ts';
import { FakeGuest } from '../fake-guest.ts';
import { hypercall, testHypervisor } from '../host.ts';

const BUFFER = 0x10000 + 8192;
const ANY = 0xffffffff;

async function control(commandLine = '') {
  return new Control(await testHypervisor({ commandLine }), new FakeGuest());
}

t.test('CPU pools: create, fill, use, empty, destroy', async (t) => {
  const c = await control();
  const op = (number: number, fields: Fields = {}) => {
    const all = { op: number, 'cpumap.bitmap': BUFFER, 'cpumap.nr_bits': 32, ...fields };
    const named = Object.entries(all).map(([name, value]) => [`cpupool_op.${name}`, value]);
    return c.sysctl('cpupool_op', Object.fromEntries(named));
  };
  const map = () => c.guest.view.getUint32(BUFFER - c.guest.base, true);
  t.equal(op(3), 0);
  t.equal(c.out('cpupool_op.sched_id', 'xen_sysctl'), 6);
  t.equal(c.out('cpupool_op.n_dom', 'xen_sysctl'), 1);
  t.equal(map(), 3);
  t.equal(op(3, { cpupool_id: 1 }), -errno.ENOENT);
  t.equal(op(3, { cpupool_id: ANY }), -errno.ENOENT);
  t.equal(op(2, { cpupool_id: 7 }), -errno.ENOENT);
  t.equal(op(99), -errno.ENOSYS);
  t.equal(op(1, { cpupool_id: 0, sched_id: 6 }), -errno.EEXIST);
  t.equal(op(1, { cpupool_id: ANY, sched_id: 99 }), -errno.ENOENT);
  t.equal(op(1, { cpupool_id: ANY, sched_id: 5 }), 0);
  t.equal(c.out('cpupool_op.cpupool_id', 'xen_sysctl'), 1);
  t.equal(op(4, { cpupool_id: 1, cpu: 1 }), -errno.ENODEV, 'not free');
  t.equal(op(5, { cpupool_id: 0, cpu: 1 }), 0);
  t.equal(op(5, { cpupool_id: 0, cpu: 0 }), -errno.EINVAL, 'the last CPU under dom0');
  t.equal(op(5, { cpupool_id: 0, cpu: 1 }), -errno.EADDRNOTAVAIL, 'not in this pool');
  t.match(c.xen.console.ring.text(), /Removing cpu 1 from runqueue 0/);
  t.equal(op(7), 0);
  t.equal(map(), 2);
  t.equal(op(4, { cpupool_id: 9, cpu: 1 }), -errno.ENOENT);
  t.equal(op(4, { cpupool_id: 1, cpu: 99 }), -errno.EINVAL);
  t.equal(op(4, { cpupool_id: 1, cpu: ANY }), 0);
  t.equal(op(6, { cpupool_id: 1, domid: 99 }), -errno.ESRCH);
  t.equal(op(6, { cpupool_id: 1, domid: 0 }), -errno.EPERM);
  const id = c.create();
  t.equal(op(6, { cpupool_id: 1, domid: id }), 0);
  t.equal(op(2, { cpupool_id: 1 }), -errno.EBUSY);
  c.domctl('getdomaininfo', id);
  t.equal(c.out('getdomaininfo.cpupool'), 1);
  c.domctl('destroydomain', id);
  t.equal(op(5, { cpupool_id: 1, cpu: ANY }), 0);
  t.equal(op(2, { cpupool_id: 1 }), 0);
});

t.test('the scheduler’s id and parameters are answered', async (t) => {
  const credit2 = await control();
  const op = (c: Control, fields: Fields) =>
    c.sysctl(
      'scheduler_op',
      Object.fromEntries(Object.entries(fields).map(([name, value]) => [`scheduler_op.${name}`, value])),
    );
  t.equal(credit2.sysctl('sched_id'), 0);
  t.equal(credit2.out('sched_id.sched_id', 'xen_sysctl'), 6);
  const ratelimit = 'u.sched_credit2.ratelimit_us';
  t.equal(op(credit2, { sched_id: 6, cmd: 1 }), 0);
  t.equal(credit2.out(`scheduler_op.${ratelimit}`, 'xen_sysctl'), 1000);
  t.equal(op(credit2, { sched_id: 5, cmd: 1 }), -errno.EINVAL);
  t.equal(op(credit2, { sched_id: 6, cmd: 9 }), -errno.EINVAL);
  t.equal(op(credit2, { sched_id: 6, cmd: 1, cpupool_id: 1 }), -errno.ESRCH);
  t.equal(op(credit2, { sched_id: 6, cmd: 0, [ratelimit]: 99 }), -errno.EINVAL);
  t.equal(op(credit2, { sched_id: 6, cmd: 0, [ratelimit]: 500_001 }), -errno.EINVAL);
  t.equal(op(credit2, { sched_id: 6, cmd: 0, [ratelimit]: 0 }), 0);
  const credit = await control('sched=credit');
  t.equal(credit.sysctl('sched_id'), 0);
  t.equal(credit.out('sched_id.sched_id', 'xen_sysctl'), 5);
  t.equal(op(credit, { sched_id: 5, cmd: 1 }), 0);
  t.equal(credit.out('scheduler_op.u.sched_credit.tslice_ms', 'xen_sysctl'), 30);
  t.equal(op(credit, { sched_id: 5, cmd: 0 }), -errno.EINVAL, 'a time slice of 0');
});

t.test('sched_op and its older form answer alike', async (t) => {
  const c = await control();
  const at = BUFFER - c.guest.base;
  const call = (command: number, address = 0, domain = 0) => hypercall(c.xen, c.guest, 29, [command, address], domain);
  for (const command of [0, 1]) t.equal(call(command), 0);
  for (const command of [2, 3, 4, 5, 6, 7]) t.equal(call(command), -errno.EFAULT, `${command}`);
  for (const command of [8, 99, -1]) t.equal(call(command), -errno.ENOSYS, `${command}`);
  c.guest.view.setUint32(at, 999, true);
  t.equal(call(4, BUFFER), -errno.ESRCH);
  c.guest.view.setUint32(at, 0x7ff0, true);
  t.equal(call(4, BUFFER), -errno.ESRCH, 'DOMID_SELF is nobody');
  c.guest.bytes.fill(0, at, at + 24);
  t.equal(call(3, BUFFER), 0, 'poll of no ports');
  c.guest.view.setUint32(at + 8, 1000, true);
  t.equal(call(3, BUFFER), -errno.EINVAL);
  c.guest.view.setUint32(at, 0, true);
  c.guest.view.setUint32(at + 4, 30, true);
  t.equal(call(6, BUFFER), 1);
  t.equal(call(6, BUFFER), 2);
  t.equal(call(6, BUFFER), -errno.ENOSPC);
  c.guest.view.setUint32(at, 3, true);
  t.equal(call(6, BUFFER), -errno.EINVAL);
  const id = c.create();
  t.equal(call(7, 0, id), -errno.EPERM);
  c.guest.view.setUint32(at, 3, true);
  t.equal(call(2, BUFFER, id), 0, 'a guest crashes');
  c.domctl('getdomaininfo', id);
  t.equal(c.out('getdomaininfo.flags') >>> 16, 3);
  t.equal(c.domctl('resumedomain', id), 0);
  c.domctl('getdomaininfo', id);
  t.equal(c.out('getdomaininfo.flags') >>> 16, 0xffff);
  c.guest.view.setUint32(at, 0, true);
  t.equal(call(2, BUFFER), 0, 'dom0 powers the machine off');
  t.match(c.xen.console.ring.text(), /Hardware Dom0 halted: halting machine\n/);
  t.equal(call(0), 0, 'and goes on');
  const compat = (command: number) => hypercall(c.xen, c.guest, 6, [command, 0]);
  t.equal(compat(0), 0);
  t.equal(compat(3), -errno.ENOSYS);
  t.equal(compat(99), -errno.ENOSYS);
});

t.test('vcpu_op looks the virtual CPU up before the command', async (t) => {
  const c = await control();
  const call = (command: number, vcpu: number, address = 0) => hypercall(c.xen, c.guest, 24, [command, vcpu, address]);
  t.equal(call(99, 99), -errno.ENOENT);
  t.equal(call(99, 0), -errno.ENOSYS);
  t.equal(call(3, 1), 1);
  t.equal(call(2, 1), 0);
  t.equal(call(3, 1), 0);
  t.equal(call(1, 1), 0);
  for (const command of [0, 4, 5, 6, 8, 10, 13]) t.equal(call(command, 0), -errno.EFAULT, `${command}`);
  t.equal(call(0, 0, BUFFER), -errno.EEXIST);
  t.equal(call(4, 0, BUFFER), 0);
  t.equal(call(8, 1, BUFFER), -errno.EINVAL, "another's timer");
  t.equal(call(12, 0, BUFFER), -errno.EINVAL);
});

t.test('vcpu_op: the domain shuts down with its last virtual CPU', async (t) => {
  const c = await control();
  const domain = bootGuest(c.xen, { id: 3, pages: 16, vcpus: 2 });
  const call = (command: number, vcpu: number, address = 0) =>
    hypercall(c.xen, c.guest, 24, [command, vcpu, address], 3);
  t.equal(call(11, 0, BUFFER), -errno.EINVAL, 'send_nmi takes no argument');
  t.equal(call(11, 0), 0);
  for (const [high, result] of [
    [0x3fffffff, 0],
    [0x40000000, -errno.EINVAL],
  ] as const) {
    c.guest.view.setUint32(BUFFER - c.guest.base, 0, true);
    c.guest.view.setUint32(BUFFER - c.guest.base + 4, high, true);
    t.equal(call(6, 0, BUFFER), result, `set_periodic_timer 0x${high.toString(16)}00000000`);
  }
  t.equal(call(2, 1), 0);
  t.equal(call(3, 1), 0, 'down');
  t.notOk(domain.shutDown);
  t.equal(call(2, 0), 0);
  t.equal(call(3, 0), 1, 'up still');
  t.ok(domain.shutDown);
  t.equal(domain.shutdownCode, 0);
});

t.test('other releases list their domains in their own layout', async (t) => {
  for (const version of ['3.2', '4.4', '4.6', '4.10', '4.20', '4.22'] as const) {
    const c = new Control(await testHypervisor({ version }), new FakeGuest());
    const fields = { 'getdomaininfolist.max_domains': 8, 'getdomaininfolist.buffer': BUFFER };
    t.equal(c.sysctl('getdomaininfolist', fields), 0, version);
    t.equal(c.out('getdomaininfolist.num_domains', 'xen_sysctl'), 1);
    const domctl = c.xen.abi.struct('xen_domctl');
    const base = BUFFER - c.guest.base - domctl.field('u.getdomaininfo').offset;
    t.equal(domctl.field('u.getdomaininfo.tot_pages').get(c.guest.view, base), c.xen.domains.get(0)?.totPages);
    t.equal(c.domctl('getvcpuaffinity', 0, { 'vcpuaffinity.vcpu': 99 }), -errno.EINVAL);
  }
  const c = new Control(await testHypervisor({ version: '4.21' }), new FakeGuest());
  t.equal(c.domctl('get_domain_state', 0), -errno.EACCES, 'the stable domctl has version 0');
  t.equal(c.domctl('get_domain_state', 0, { interface_version: 0 }), 0);
  t.equal(c.out('get_domain_state.state'), 1);
  t.equal(c.domctl('get_domain_state', 9, { interface_version: 0 }), -errno.ESRCH);
});

t.test('the handler of VIRQ_DOM_EXC gets each changed domain once', async (t) => {
  const c = new Control(await testHypervisor({ version: '4.22' }), new FakeGuest());
  const ask = () => {
    const result = c.domctl('get_domain_state', DOMID_INVALID, { interface_version: 0 });
    return result < 0 ? result : [c.out('domain'), c.out('get_domain_state.state')];
  };
  t.equal(ask(), -errno.EACCES, 'it is not bound');
  c.xen.domains.get(0)?.eventChannels.bindVirq(virqs.domExc, 0);
  t.strictSame(ask(), [0, 1]);
  t.equal(ask(), -errno.ENOENT);
  const guest = bootGuest(c.xen, { id: 3, pages: 16 });
  t.strictSame(ask(), [3, 1]);
  shutdownDomain(c.xen, guest, 0);
  t.strictSame(ask(), [3, 3]);
  c.domctl('destroydomain', 3);
  t.strictSame(ask(), [3, 0], 'it went');
  t.equal(ask(), -errno.ENOENT);
});

t.test('the version of monitor events is returned without a domain', async (t) => {
  const c = new Control(await testHypervisor(), new FakeGuest());
  t.equal(c.domctl('vm_event_op', DOMID_INVALID, { 'vm_event_op.op': 3, 'vm_event_op.mode': 2 }), 0);
  t.equal(c.out('vm_event_op.u.version'), 7);
  t.equal(c.domctl('vm_event_op', DOMID_INVALID, { 'vm_event_op.op': 0, 'vm_event_op.mode': 2 }), -errno.ESRCH);
  t.equal(c.domctl('vm_event_op', 99, { 'vm_event_op.op': 3, 'vm_event_op.mode': 2 }), -errno.ESRCH);
});
