import t from 'tap';
import { bootInformation } from '../../src/guests/boot-information.ts';
import { bootGuest } from '../../src/xen/domain/guest.ts';
import { testHypervisor } from '../xen/host.ts';

const text = (text: string) => new TextEncoder().encode(`${text}\0`);
const words = (...values: (number | bigint)[]) =>
  new Uint8Array(BigUint64Array.from(values, (value) => BigInt.asUintN(64, BigInt(value))).buffer);

t.test('a PV kernel finds its start info through its page tables', async (t) => {
  const domain = bootGuest(await testHypervisor(), { pages: 16 });
  const { memory } = domain;
  const own: number[] = [];
  for (let mfn = 0; own.length < 8 && mfn < 2 ** 20; mfn += 1) if (memory.pageOf(mfn) !== undefined) own.push(mfn);
  t.equal(own.length, 8);
  const [l4 = 0, l3 = 0, l2 = 0, l1 = 0, start = 0, ring = 0] = own;
  const address = 0xffffffff80405000n;
  const entry = (mfn: number) => words((BigInt(mfn) << 12n) | 0x67n);
  const index = (shift: bigint) => Number((address >> shift) & 511n) * 8;
  memory.writeFrame(l4, index(39n), entry(l3));
  memory.writeFrame(l3, index(30n), entry(l2));
  memory.writeFrame(l2, index(21n), entry(l1));
  memory.writeFrame(l1, index(12n), entry(start));
  memory.writeFrame(start, 0, text('xen-3.0-x86_64'));
  memory.writeFrame(start, 72, words(ring, 2));
  memory.writeFrame(start, 128, text('console=hvc0 \x1b[2J'));
  t.equal(bootInformation(domain), undefined, 'no registers yet');
  const context = new Uint8Array(5168);
  context.set(words(address), 624);
  context.set(words(BigInt(l4) << 12n), 5008);
  const [vcpu] = domain.vcpus;
  if (vcpu === undefined) throw new Error('no virtual CPU');
  vcpu.context = context;
  t.strictSame(bootInformation(domain), {
    consoleFrame: ring,
    consolePort: 2,
    commandLine: 'console=hvc0 ?[2J',
  });

  memory.writeFrame(l2, index(21n), words(0));
  t.equal(bootInformation(domain), undefined, 'an entry that is not present');
  memory.writeFrame(l2, index(21n), words(-1));
  t.equal(bootInformation(domain), undefined, 'a frame that nobody has');
  memory.writeFrame(l2, index(21n), entry(l1));
  memory.writeFrame(start, 0, text('not a start info'));
  t.equal(bootInformation(domain), undefined);
});

t.test("a PVH guest's parameters say where its console is, rbx where its command line", async (t) => {
  const domain = bootGuest(await testHypervisor(), { type: 'pvh', pages: 16 });
  t.equal(bootInformation(domain), undefined);
  domain.hvmParameters.set(17, 7n).set(18, 2n);
  const found = { consoleFrame: 7, consolePort: 2, commandLine: '' };
  t.strictSame(bootInformation(domain), found);

  const cpu = new Uint8Array(8 + 1032);
  const descriptor = new DataView(cpu.buffer);
  descriptor.setUint16(0, 2, true);
  descriptor.setUint32(4, 1032, true);
  cpu.set(words(0x3010), 8 + 520);
  domain.hvmContext = Uint8Array.from([1, 0, 0, 0, 4, 0, 0, 0, 9, 9, 9, 9, ...cpu]);
  t.strictSame(bootInformation(domain), found, 'no start info there');
  domain.memory.writeFrame(3, 0x10, words(0x336ec578));
  domain.memory.writeFrame(3, 0x10 + 24, words(0x3100));
  domain.memory.writeFrame(3, 0x100, text('quiet'));
  t.strictSame(bootInformation(domain), { ...found, commandLine: 'quiet' });

  domain.memory.writeFrame(3, 0x10 + 24, words(0x3ffe));
  domain.memory.writeFrame(3, 0xffe, Uint8Array.of(0x61, 0x62));
  t.equal(bootInformation(domain)?.commandLine, 'ab', "it ends with the guest's page");
  for (const context of [new Uint8Array(3), cpu.subarray(0, 100), new Uint8Array(600).fill(0xff)]) {
    domain.hvmContext = context;
    t.strictSame(bootInformation(domain), found, 'a context that is none');
  }
});
