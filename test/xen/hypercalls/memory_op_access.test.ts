import t from 'tap';
import { errno } from '../../../src/xen/errno.ts';
import { listener } from '../domain/monitor/listener.ts';
import { hypercall } from '../host.ts';

const [SET, GET, SET_MULTI] = [0, 1, 4];
const [RX, RW, RWX, DEFAULT] = [5, 3, 7, 10];
const ALL_ONES = 2n ** 64n - 1n;
const BAD = 0x7f0000000000;

t.test('setting page access is checked, with Xen’s errors', async (t) => {
  const { access, enable, domain, control } = await listener();
  const pv = control.create(0);
  const set = { op: SET, access: RX, pfn: 1, nr: 1 };
  t.equal(access(set).result, -errno.ENODEV, 'there is no ring');
  enable();
  const highest = domain.memory.maximumGfn;
  t.equal(access(set, { domid: 999 }).result, -errno.ESRCH);
  t.equal(access(set, { domid: 0 }).result, -errno.EPERM, 'of itself');
  t.equal(access(set, { domid: pv }).result, -errno.EINVAL, 'a PV domain has no such tables');
  t.equal(access(set, { caller: pv }).result, -errno.EPERM);
  const table: [string, Record<string, number | bigint>, number][] = [
    ['a page', set, 0],
    ['to the end', { ...set, nr: highest }, 0],
    ['one beyond', { ...set, nr: highest + 1 }, -errno.EINVAL],
    ['no page', { ...set, nr: 0 }, -errno.EINVAL],
    ['wrapped round', { ...set, pfn: ALL_ONES - 1n, nr: 10 }, -errno.EINVAL],
    ['no such access', { ...set, access: 11 }, -errno.EINVAL],
    ['of later pages', { ...set, pfn: ALL_ONES, nr: 0 }, 0],
    ['a list that is not there', { op: SET_MULTI, nr: 1, pfn_list: BAD, access_list: BAD }, -errno.EFAULT],
    ['no such operation', { op: 2 }, -errno.ENOSYS],
    ['where no page is', { op: GET, pfn: 2000 }, -errno.ESRCH],
    ['beyond every page', { op: GET, pfn: highest + 1 }, -errno.EINVAL],
  ];
  for (const [name, fields, expected] of table) t.equal(access(fields).result, expected, name);
  t.equal(access({ op: GET, pfn: 1 }, { start: 1 }).result, -errno.ENOSYS);
});

t.test('on AMD, setting page access gives EINVAL, as on Xen', async (t) => {
  const { access, enable } = await listener('amd');
  enable();
  t.equal(access({ op: SET, access: RX, pfn: 1, nr: 1 }).result, -errno.EINVAL);
});

t.test('access rights are returned as set, also for lists, and later pages get the default', async (t) => {
  const { access, enable, domain, guest, xen } = await listener();
  enable();
  const get = (pfn: number | bigint) => access({ op: GET, pfn }).access;
  t.equal(get(1), RWX);
  t.equal(get(ALL_ONES), RWX);
  access({ op: SET, access: RX, pfn: 10, nr: 20 });
  t.same([9, 10, 29, 30].map(get), [RWX, RX, RX, RWX]);
  t.equal(access({ op: SET, access: RW, pfn: 10, nr: 20 }, { start: 15 }).result, 0, 'from an extent on');
  t.same([24, 25].map(get), [RX, RW]);

  const lists = guest.base + 4096;
  for (const [index, frame] of [1n, 2n, 2n ** 36n].entries()) guest.view.setBigUint64(4096 + 8 * index, frame, true);
  guest.bytes.set([RX, RW, RW], 4096 + 64);
  const multi = { op: SET_MULTI, pfn_list: lists, access_list: lists + 64 };
  t.equal(access({ ...multi, nr: 2 }).result, 0);
  t.same([1, 2, 3].map(get), [RX, RW, RWX]);
  t.equal(access({ ...multi, nr: 3 }).result, -errno.EINVAL, 'no frame can have that number');
  guest.bytes.set([11], 4096 + 64);
  t.equal(access({ ...multi, nr: 1 }).result, -errno.EINVAL);

  access({ op: SET, access: RX, pfn: ALL_ONES, nr: 0 });
  t.equal(get(ALL_ONES), RX);
  t.equal(get(5), RWX, 'pages that were there keep theirs');
  access({ op: SET, access: DEFAULT, pfn: 6, nr: 1 });
  t.equal(get(6), RX);
  domain.memory.remove(7);
  domain.memory.populate(7, 1);
  t.equal(get(7), RX);

  const struct = xen.abi.struct('xen_mem_access_op');
  guest.bytes.fill(0);
  struct.field('domid').set(guest.view, domain.id, guest.bytes.length - struct.size);
  t.equal(hypercall(xen, guest, 12, [21, BAD]), -errno.EFAULT);
});
