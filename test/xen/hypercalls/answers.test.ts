// Hypercalls whose recorded answer depends only on their arguments: (name, number, arguments, result).

import t from 'tap';
import { pressKey } from '../../../src/xen/console/keyhandler.ts';
import { Domain } from '../../../src/xen/domain/domain.ts';
import { errno } from '../../../src/xen/errno.ts';
import { FakeGuest } from '../fake-guest.ts';
import { hypercall, testHypervisor } from '../host.ts';

const BAD = 0xdeadbeef000;
const base = 0x10000;

t.test('dom0 gets the recorded answers', async (t) => {
  const xen = await testHypervisor();
  const guest = new FakeGuest();
  const E = errno;
  const cases: [name: string, number: number, args: (number | bigint)[], result: number][] = [
    ['platform null', 7, [0], -E.EFAULT],
    ['platform wrong version', 7, [base], -E.EACCES],
    ['xsm', 27, [base], -E.ENOSYS],
    ['tmem', 38, [0], -E.ENOSYS],
    ['argo', 39, [0], -E.ENOSYS],
    ['xenpmu', 40, [0], -E.EOPNOTSUPP],
    ['kexec null', 37, [0, 0], -E.EFAULT],
    ['kexec unknown', 37, [99, 0], 0],
    ['mca null', 48, [0], -E.EFAULT],
    ['mca version', 48, [base], -E.EACCES],
    ['arch_1 readable', 49, [base], -E.EOPNOTSUPP],
    ['arch_1 null', 49, [0], -E.EFAULT],
    ['arch_2', 50, [base], -E.ENOSYS],
    ['hypfs version', 42, [0], 1],
    ['hypfs version with arguments', 42, [0, 1], -E.EINVAL],
    ['hypfs unknown', 42, [99], -E.EINVAL],
    ['hypfs all ones', 42, [-1, -1, -1, -1, -1], -E.EINVAL],
    ['hvm unknown', 34, [99, 0], -E.ENOSYS],
    ['hvm get_param null', 34, [1, 0], -E.EFAULT],
    ['hvm get_param of a PV domain', 34, [1, base], -E.EINVAL],
    ['hvm flush_tlbs', 34, [5, 0], -E.EINVAL],
    ['hvm number moved to dm_op', 34, [20, 0], -E.ENOSYS],
    ['dm_op without a buffer', 41, [999, 0, 0], -E.ENODATA],
    ['dm_op with many', 41, [-1, -1, -1], -E.E2BIG],
    ['dm_op bad buffers', 41, [0, 1, BAD], -E.EFAULT],
    ['dm_op on itself', 41, [0, 1, base], -E.EPERM],
    ['dm_op on nobody', 41, [999, 1, base], -E.ESRCH],
    ['physdev unmask', 33, [4, 0], 0],
    ...[5, 8, 10, 12, 14, 15, 20, 24, 25, 26, 27, 31].map((cmd): [string, number, number[], number] => [
      `physdev ${cmd} null`,
      33,
      [cmd, 0],
      -E.EFAULT,
    ]),
    ...[0, 1, 2, 3, 11, 18, 22, 32, 99].map((cmd): [string, number, number[], number] => [
      `physdev ${cmd}`,
      33,
      [cmd, 0],
      -E.ENOSYS,
    ]),
    ['xen_version build id, no room', 17, [10, base], -E.EINVAL],
    ['xen_version unknown', 17, [11, base], -E.ENOSYS],
  ];
  for (const [name, number, args, result] of cases) {
    guest.bytes.fill(0);
    t.equal(hypercall(xen, guest, number, args), result, name);
  }
});

t.test('hypfs lists its directories with the recorded sizes', async (t) => {
  const xen = await testHypervisor();
  const guest = new FakeGuest();
  const read = (path: string, room = 16384) => {
    guest.bytes.set(new TextEncoder().encode(`${path}\0`));
    const result = hypercall(xen, guest, 42, [1, base, path.length + 1, base + 4096, room]);
    const length = guest.view.getUint32(4096 + 4, true);
    return { result, length, data: Buffer.from(guest.bytes.slice(4096 + 12, 4096 + 12 + length)) };
  };
  t.same(
    [read('/').length, read('/params').length, read('/cpupool').length, read('/buildinfo/').length],
    [70, 440, 22, 96],
  );
  t.equal(
    read('/').data.toString('hex'),
    '0000000060000000000000001a006275696c64696e666f0000000000000016000000000000001600637075706f6f6c0000000000b8010000000000000000706172616d730000',
  );
  t.equal(
    read('/params').data.subarray(0, 100).toString('hex'),
    '0200000005000000070000002200636f6e736f6c655f74696d657374616d707300000200000002000000030000001a00636f6e737769746368000000020000000100000020000000260063726173682d64656275672d64656275676b6579000000000200',
  );
  t.equal(read('/buildinfo/version/extra').data.toString(), '.7\0');
  t.equal(read('/buildinfo/version/major').data.readUInt32LE(), 4);
  t.equal(read('/buildinfo/config').length, 977);
  t.equal(read('/', 16).result, -errno.ENOBUFS);
  t.equal(read('/', 4).result, -errno.EINVAL);
  for (const absent of ['/nope', '//', '/buildinfo/version/major/x']) {
    t.equal(read(absent).result, -errno.ENOENT, absent);
  }
  // A real 4.17 gives this answer to '' and 'x': a path must begin with a slash.
  for (const relative of ['', 'buildinfo']) t.equal(read(relative).result, -errno.EINVAL, relative);
  const write = (path: string, value: string) => {
    guest.bytes.set(new TextEncoder().encode(`${path}\0${value}\0`));
    return hypercall(xen, guest, 42, [2, base, path.length + 1, base + path.length + 1, value.length + 1]);
  };
  t.equal(write('/params', 'x'), -errno.EACCES);
  t.equal(write('/buildinfo/version/major', 'x'), -errno.EACCES);
  t.equal(write('/params/loglvl', 'error'), 0);
  t.same(xen.console.xen, { lower: 1, upper: 1 });
  t.equal(write('/params/loglvl', 'nonsense'), -errno.EINVAL);
  t.equal(read('/params/loglvl').data.toString(), 'warning/warning\0', 'Xen takes what it does not know for warnings');
  // As recorded from a real 4.17, 4.14 and 4.20: [path, value, result, what it shows afterwards].
  for (const [path, value, result, shown] of [
    ['/params/loglvl', 'info/debug', 0, 'info/all'],
    ['/params/loglvl', 'all/', -errno.EINVAL, 'all/all'],
    ['/params/loglvl', '/all', 0, 'warning/all'],
    ['/params/loglvl', 'none/nonsense', -errno.EINVAL, 'none/warning'],
    ['/params/loglvl', '', 0, 'warning/warning'],
    ['/params/loglvl', 'y'.repeat(128), -errno.ENOSPC, 'warning/warning'],
    ['/params/gnttab_max_frames', '010', 0, '8'],
    ['/params/gnttab_max_frames', '12x', -errno.EINVAL, '8'],
    ['/params/gnttab_max_frames', '1000000000000', -errno.ERANGE, '8'],
    ['/params/gnttab_max_frames', '', 0, '0'],
    ['/params/console_timestamps', 'yes', 0, 'date'],
    ['/params/console_timestamps', 'nope', -errno.EINVAL, 'date'],
    ['/params/console_timestamps', 'none', 0, 'none'],
    ['/params/pcid', 'no', 0, 'off'],
    ['/params/pcid', 'noxpti', -errno.EINVAL, 'off'],
    ['/params/conswitch', 'bxy', -errno.ENOSPC, 'a'],
    ['/params/crash-debug-panic', 'd', 0, 'd'],
    ['/cpupool/0/sched-gran', 'core', -errno.EBUSY, 'cpu'],
    ['/cpupool/00/sched-gran', 'bad', -errno.EINVAL, 'cpu'],
    ['/cpupool/0/sched-gran', 'y'.repeat(8), -errno.ENOSPC, 'cpu'],
  ] as const) {
    t.equal(write(path, value), result, `${path} ${value}`);
    t.equal(read(path).data.toString(), `${shown}\0`, `${path} ${value}`);
  }
  xen.pools.create('credit');
  t.equal(write('/cpupool/1/sched-gran', 'core'), 0, 'a pool without CPUs can be changed');
  t.equal(read('/cpupool/1/sched-gran').data.toString(), 'core\0');
  t.equal(read('/cpupool/0x1').result, -errno.ENOENT);
});

t.test('the debug keys that change the log levels print what Xen prints', async (t) => {
  const xen = await testHypervisor();
  const press = (keys: string) => {
    const from = xen.console.ring.total;
    for (const key of keys) pressKey(xen, key);
    return xen.console.ring.text().slice(from - xen.console.ring.oldest);
  };
  t.equal(press('-'), "(XEN) '-' pressed -> standard log level: Errors, warnings and info (rate limited All)\n");
  t.match(press('-----'), 'standard log level: Nothing (rate limited All)');
  t.match(press('++++++'), 'standard log level: ??? (rate limited ???)');
  t.equal(press('G'), "(XEN) 'G' pressed -> guest log level adjustments enabled\n");
  t.match(press('-'), 'guest log level: Errors, warnings and info (rate limited All)');
  t.equal(press('%'), "(XEN) '%' pressed -> trapping into debugger\n");
  t.match(press('Q'), '(XEN) 0000:00:02.0 - d0 - node -1 \n(XEN) 0000:00:01.3');
  t.equal(press('!'), '');
  const later = await testHypervisor({ version: '4.20' });
  pressKey(later, '%');
  t.notMatch(later.console.ring.text(), /'%' pressed/, 'gone with the debugger');
});

t.test('a guest gets no more information than from a real Xen', async (t) => {
  const xen = await testHypervisor();
  xen.domains.add(new Domain(7, 'pv', false));
  xen.domains.add(new Domain(8, 'pvh', false));
  const guest = new FakeGuest();
  for (const [domid, number, args, result] of [
    [7, 18, [0, 0, 0], -errno.EPERM],
    [7, 42, [0], -errno.EPERM],
    [7, 37, [0], -errno.EPERM],
    [8, 37, [0], -errno.ENOSYS],
    [7, 48, [0], -errno.EPERM],
    [8, 48, [0], -errno.ENOSYS],
    [7, 17, [10, 0], -errno.EPERM],
    [7, 17, [9, base], 0],
    [8, 34, [1, base], -errno.ESRCH],
    [8, 34, [5, 0], 0],
  ] as const) {
    guest.bytes.fill(0);
    if (number === 34) guest.view.setUint16(0, 999, true);
    t.equal(hypercall(xen, guest, number, args, domid), result, `domain ${domid}, hypercall ${number}`);
  }
  guest.bytes.fill(0xaa);
  hypercall(xen, guest, 17, [9, base], 7);
  t.equal(Buffer.from(guest.bytes.subarray(0, 10)).toString('latin1'), '<denied>\0\xaa');
});

t.test('platform_op describes the CPUs', async (t) => {
  const xen = await testHypervisor();
  const guest = new FakeGuest();
  const call = (cmd: number, words: number[] = []) => {
    guest.bytes.fill(0, 0, 136);
    for (const [index, word] of [cmd, 0x03000001, ...words].entries()) guest.view.setUint32(4 * index, word, true);
    return hypercall(xen, guest, 7, [base]);
  };
  const word = (index: number) => guest.view.getUint32(8 + 4 * index, true);
  t.equal(call(999), -errno.ENOSYS);
  t.equal(call(55), 0);
  t.same([word(1), word(2)], [1, 1]);
  t.equal(call(48), 0);
  t.equal(Buffer.from(guest.bytes.subarray(16, 28)).toString(), 'AuthenticAMD');
  t.same([word(5), word(6), word(7)], [15, 107, 1]);
  t.equal(call(50, [99]), -errno.EINVAL);
});
