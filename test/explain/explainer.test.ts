import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { Privcmd } from '../../src/drivers/privcmd/privcmd.ts';
import { Explainer, MAX_RECORDS } from '../../src/explain/explainer.ts';
import { recordText } from '../../src/explain/text.ts';
import { LoadedHypercalls } from '../../src/user-hypercalls/loaded.ts';
import { Domain } from '../../src/xen/domain/domain.ts';
import { addDomain } from '../../src/xen/domain/lifecycle.ts';
import { missing } from '../helpers/capabilities.ts';
import { FakeGuest } from '../xen/fake-guest.ts';
import { hypercall, testHypervisor } from '../xen/host.ts';

const BASE = 0x7f1234500000;
const END = BASE + 65536;
const MAPS = `
555500000000-555500001000 r--p 00000000 fe:00 12 /tmp/hello
7f1234500000-7f1234510000 rw-p 00000000 00:00 0
`;

const HYPERCALLS = `import { bytes, defineHypercall, pointer, string, u32 } from 'fauxen';
export const hello = defineHypercall({
  name: 'hello',
  number: 39,
  args: { message: string({ limit: 100 }), out: pointer() },
  handler({ message, out }, xen) {
    if (message === 'throw') throw new Error('oops');
    if (message === 'nonsense') return 'nonsense' as 'EIO';
    if (message === 'refuse') xen.fail('EBUSY', 'not today');
    if (message === 'misuse') xen.printk(\`out is \${out}\`);
    if (message === 'hidden') xen.printk('<3>some detail');
    if (message === 'write') xen.copyToGuest(out, 'x');
    if (message === 'mix') return (1n as unknown as number) + message.length;
    return 7;
  },
});
export const count = defineHypercall({ name: 'count', number: 60, args: { n: u32, data: bytes({ length: 'n' }) }, handler: () => 0 });
`;

interface Setup {
  commandLine?: string;
  maps?: string;
  domain?: Domain;
  unrestricted?: boolean;
  dmesg?: boolean;
}

async function setup(t: Test, { commandLine = 'loglvl=warning', maps = MAPS, domain, ...options }: Setup = {}) {
  const file = join(t.testdir(), 'hello.ts');
  writeFileSync(file, HYPERCALLS);
  const hypervisor = await testHypervisor({ commandLine });
  if (domain !== undefined) hypervisor.domains.add(domain);
  const user = new LoadedHypercalls({ hypervisor, onFailure: () => {} });
  user.load([file]);
  const guest = new FakeGuest(65536, BASE);
  const explainer = new Explainer({
    hypervisor,
    tid: () => 42,
    caller: () => ({ tid: 42, pid: 42, comm: 'prog' }),
    maps: () => maps,
    files: () => user.files,
    dmesg: options.dmesg ?? false,
  });
  const text = (at: number, value: string) => guest.bytes.set(new TextEncoder().encode(`${value}\0`), at - BASE);
  const explained = () => explainer.records().at(-1)?.explanation;
  const ask = (number: number | bigint, args: (number | bigint)[] = []) => {
    hypercall(hypervisor, guest, number, args, domain?.id ?? 0);
    return explained();
  };
  /** An ioctl through the driver. */
  const memory = Object.assign(guest, {
    copyFromUser: guest.read.bind(guest),
    copyToUser: guest.write.bind(guest),
  });
  const driver = new Privcmd({
    hypervisor,
    domain: domain ?? hypervisor.domains.get(0)!, // always there
    unrestricted: options.unrestricted ?? false,
  });
  driver.onRefused = (ioctl) => explainer.noteIoctl(ioctl);
  const state = driver.open();
  const ioctl = (command: number, argument = BASE, compat = false) => {
    driver.ioctl({ state, memory, command, argument, compat, tid: 42 });
    return explained();
  };
  return { file, hypervisor, explainer, guest, text, ask, ioctl };
}

t.test('an unassigned hypercall number: the nearest names, the loaded files', async (t) => {
  const { ask, file } = await setup(t);
  const found = ask(61);
  t.match(found, { cause: 'unknown-number', asked: /^hypercall 61\(.*= -ENOSYS$/ });
  t.match(found?.why, /Nearest: .*arch_7 \(55\), count \(60\)/);
  t.match(found?.why, new RegExp(`loaded: ${file} with hello \\(39\\), count \\(60\\)`));
});

t.test('a struct of 32-bit words, as before July 2006', async (t) => {
  const { ask } = await setup(t);
  t.match(ask(0x1234500000027n), { cause: 'layout-32', why: /the low half of the number is 39 \(hello\)/ });
});

t.test('a wrong interface version names both', async (t) => {
  const { ask, guest } = await setup(t);
  guest.view.setUint32(4, 0x14, true);
  t.match(ask(35, [BASE]), {
    cause: 'interface-version',
    why: /uses 0x14 \(Xen 4\.16\), Xen 4\.17 expects 0x15/,
    change: /--any-interface-version/,
  });
  guest.view.setUint32(4, 0x999, true);
  t.match(ask(35, [BASE + 0]), { cause: 'interface-version' });
});

t.test("of the releases that accept a program's struct, its own is advised", async (t) => {
  const library = '7f0000000000-7f0000001000 r-xp 00000000 fe:00 1 /usr/lib/x86_64-linux-gnu/libxenctrl.so.4.12.0\n';
  for (const [maps, release] of [
    [MAPS + library, '4.12'],
    [MAPS, '4.13'],
  ] as const) {
    const { ask, guest } = await setup(t, { maps });
    guest.view.setUint32(4, 18, true); // of 4.12 and 4.13
    t.match(ask(35, [BASE])?.change, `--xen ${release} or`);
  }
});

t.test('EFAULT: the pointer, the argument, and the memory there', async (t) => {
  const { ask, text } = await setup(t);
  text(BASE, 'write');
  t.match(ask(39, [0]), { cause: 'null-pointer', why: /^argument 1, message, is NULL/ });
  t.match(ask(39, [5]), { cause: 'not-a-pointer', why: /^argument 1, message, \(0x5\) is too small/ });
  t.match(ask(39, [END + 4096]), {
    cause: 'bad-address',
    why: /argument 1, message.*nothing is mapped there; anonymous memory ends 4096 bytes before, at 0x7f1234510000/,
  });
  t.match(ask(39, [BASE, 0x555500000010]), {
    cause: 'read-only',
    why: /^argument 2, out, \(0x555500000010\) cannot be written: it lies in constants of \/tmp\/hello \(r--p\)/,
  });
  t.match(ask(39, [0xffff888000000000n]), { cause: 'not-user-memory', why: /0xffff888000000000/ });
  t.match(ask(60, [200, END - 100]), { cause: 'buffer-too-short', why: /^argument 2, data,.*only 100 mapped bytes/ });
});

t.test('a pointer that lost its upper half, with and without sign extension', async (t) => {
  const { ask } = await setup(t);
  t.match(ask(39, [BASE % 2 ** 32]), {
    cause: 'truncated-pointer',
    why: /\(0x34500000\) has lost its upper 32 bits; 0x7f1234500000, in anonymous memory, would be mapped/,
  });
  const maps = '7f1294500000-7f1294510000 rw-p 00000000 00:00 0 [stack]\n';
  const { ask: again } = await setup(t, { maps });
  t.match(again(39, [0xffffffff94500010n]), {
    cause: 'truncated-pointer',
    why: /\(0xffffffff94500010\).*0x7f1294500010, in the stack/,
    change: /unsigned long/,
  });
});

t.test('an unterminated string, within its limit and at the end of memory', async (t) => {
  const { ask, guest } = await setup(t);
  guest.bytes.fill(0x61);
  t.match(ask(39, [BASE]), { cause: 'string-without-end', why: /no end within 100 bytes/ });
  t.match(ask(39, [END - 50 - 4096]), { cause: 'string-without-end' });
  t.match(ask(39, [END - 50]), { cause: 'string-without-end', why: /no NUL before its memory ends at 0x7f1234510000/ });
});

t.test("what happened in the user's handler, with file and line", async (t) => {
  const { ask, text, file } = await setup(t);
  const with_ = (message: string) => {
    text(BASE, message);
    return ask(39, [BASE, 0x1234]);
  };
  t.match(with_('throw'), { cause: 'handler-threw', why: `the handler threw at ${file}:7: Error: oops` });
  t.match(with_('mix'), { cause: 'handler-threw', change: /^u64 and i64 arguments are bigint: .*BigInt\(y\)/ });
  t.match(with_('nonsense'), { cause: 'bad-result', why: /returned string nonsense/ });
  const refused = with_('refuse');
  t.match(refused, {
    cause: 'handler-refused',
    why: `the handler of hello at ${file}:9 answered EBUSY: not today`,
  });
  t.equal(refused?.answersOthers?.(), false);
  const misuse = with_('misuse');
  t.equal(refused?.answersOthers?.(), true, 'that call succeeded');
  t.match(misuse, { cause: 'pointer-not-copied', asked: /= 7$/ });
  t.match(misuse?.why, `the handler at ${file}:10 used the pointer 0x1234`);
});

t.test('output that the log level hides', async (t) => {
  const { ask, text } = await setup(t);
  text(BASE, 'hidden');
  t.match(ask(39, [BASE]), {
    cause: 'hidden-output',
    why: '"some detail" was printed at level debug, and loglvl lets up to warning through',
    change: /loglvl=all/,
  });
});

t.test('EPERM: not dom0, a restricted file, a domU without unrestricted', async (t) => {
  const { ask, guest, hypervisor } = await setup(t, { domain: new Domain(5, 'pv', false) });
  guest.view.setUint32(4, hypervisor.abi.sysctlVersion, true);
  t.match(ask(35, [BASE]), { cause: 'not-dom0', why: /domain 5/ });
  const blocked = await setup(t, { domain: new Domain(6, 'pv', false) });
  t.match(blocked.ioctl(0x305000), { cause: 'domu-blocked', change: /--privcmd-unrestricted/ });
  const restricted = await setup(t);
  restricted.guest.view.setUint16(0, 3, true);
  restricted.ioctl(0x25006);
  t.match(restricted.ioctl(0x305000), { cause: 'restricted', why: /restricted to domain 3/ });
});

t.test('a wrong ioctl number or struct size', async (t) => {
  const { ioctl, explainer } = await setup(t);
  for (const [command, cause, why] of [
    [0x185000, 'struct-size', /24 bytes, that of six 32-bit words.*July 2006/],
    [0x085000, 'struct-size', /8 bytes, that of a pointer/],
    [0x285000, 'struct-size', /40 bytes, wrong/],
    [0xc0305000, 'ioctl-direction', /_IOWR/],
    [0x305101, 'ioctl-unknown', /not one of privcmd's/],
    [0x10500f, 'ioctl-unknown', /not one of privcmd's/],
  ] as const) {
    t.match(ioctl(command), { cause, why }, `0x${command.toString(16)}`);
  }
  const before = explainer.records().length;
  ioctl(0x5401);
  t.equal(explainer.records().length, before, "isatty's TCGETS is nobody's mistake");
  t.match(ioctl(0x305000, BASE, true), { cause: 'program-32', change: /-m32/ });
  t.match(ioctl(0x305000, 0), { cause: 'struct-address' });
});

t.test('calls that Fauxen does not model, and calls that Xen refuses, are explained', async (t) => {
  const { ask } = await setup(t);
  t.match(ask(17, [99]), { cause: 'unknown-command', why: /xen_version has no such command; it has version \(0\)/ });
  t.match(ask(17, [7, 1]), { cause: 'errno', why: /xen_version pagesize answered EINVAL/ });
  t.match(ask(27, []), { cause: 'not-modelled', why: /xsm_op/ });
});

t.test("features of Intel's CPUs are named where the machine has AMD's", async (t) => {
  const { ask, guest, hypervisor } = await setup(t, { domain: new Domain(5, 'pv', true) });
  const [MEMORY_OP, ACCESS_OP, DOMCTL] = [12, 21, 36];
  const other = addDomain(hypervisor, { id: 6, type: 'pvh' });
  const access = hypervisor.abi.struct('xen_mem_access_op');
  access.field('domid').set(guest.view, other.id);
  t.match(ask(MEMORY_OP, [ACCESS_OP, BASE]), { cause: 'other-cpu', why: /EPT/, change: /cpu: intel/ });
  const domctl = hypervisor.abi.struct('xen_domctl');
  const create = (at: number, fields: Record<string, number>) => {
    guest.bytes.fill(0);
    domctl.field('cmd').set(guest.view, 1, at);
    domctl.field('interface_version').set(guest.view, hypervisor.abi.domctlVersion, at);
    for (const [name, value] of Object.entries(fields))
      domctl.field(`u.createdomain.${name}`).set(guest.view, value, at);
    return ask(DOMCTL, [BASE + at]);
  };
  t.match(create(0, { max_vcpus: 1, flags: 3, vmtrace_size: 65536 }), { cause: 'other-cpu', why: /Processor Trace/ });
  t.match(create(512, { max_vcpus: 0 }), { cause: 'errno' });
});

t.test('a repeated failure is counted, the oldest of many is dropped, and a flood costs little', async (t) => {
  const { ask, explainer, guest } = await setup(t);
  for (let time = 0; time < 5; time += 1) ask(61);
  t.match(explainer.records(), [{ count: 5 }]);
  const words = new Uint32Array(guest.bytes.buffer, 0, 4);
  for (const command of [200, 201, 201]) {
    words.set([command, 0x15]);
    ask(36, [BASE]);
  }
  t.match(explainer.records(2), [{ count: 1 }, { count: 2 }], 'another command in the same buffer is another failure');
  for (let number = 100; number < 300; number += 1) ask(number);
  t.ok(explainer.records().length <= MAX_RECORDS);
  t.ok(explainer.overlooked > 100);
  t.equal(explainer.records(3).length, 3);
  t.equal(explainer.records(0).length, 0);
});

t.test('the text answers four questions; with dmesg on, one line of it is in the ring', async (t) => {
  const { ask, explainer, hypervisor } = await setup(t, { dmesg: true });
  ask(61);
  const [record] = explainer.records();
  t.match(
    recordText(record!),
    /^prog\[42\] at 00:00:00\.000 UTC: hypercall 61.*\n {2}why .*\n {2}Xen .*\n {2}change .*\n$/,
  );
  t.match(
    hypervisor.console.ring.text(),
    /\(XEN\) explain: prog\[42\] hypercall 61\(.*\) = -ENOSYS: hypercall 61 is not .*; use .*\n$/,
  );
});

t.test('a guest pointer that a handler in C followed or printed', { skip: missing('clang') }, async (t) => {
  const hypervisor = await testHypervisor();
  const file = join(t.testdir(), 'bad.c');
  writeFileSync(
    file,
    `#define __HYPERVISOR_bad 50
#include <xen/lib.h>
long do_bad(char *s, int how)
{
    if ( how ) { printk("bad: %s\\n", s); return 0; }
    return s[0];
}
`,
  );
  new LoadedHypercalls({ hypervisor, onFailure: () => {} }).load([file]);
  const explainer = new Explainer({
    hypervisor,
    tid: () => 42,
    caller: () => ({ tid: 42, pid: 42, comm: 'prog' }),
    maps: () => MAPS,
  });
  const guest = new FakeGuest(65536, BASE);
  guest.bytes.set(new TextEncoder().encode('text\0'));
  t.equal(hypercall(hypervisor, guest, 50, [BASE, 1]), 0);
  t.match(explainer.records(1), [
    { explanation: { cause: 'pointer-not-copied', why: /0x7f1234500000, printed with %s/ } },
  ]);
  t.equal(hypercall(hypervisor, guest, 50, [BASE, 0]), -14);
  t.match(explainer.records(1), [
    { explanation: { cause: 'pointer-not-copied', why: /bad\.c:\d+ used the pointer that its caller/ } },
  ]);
});
