import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { Guests } from '../../src/guests/guests.ts';
import { applyScenario } from '../../src/scenario/apply.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { hvmCpu } from '../../src/xen/abi/cpu-context.ts';
import { cpuRecord } from '../../src/xen/domain/hvm-stream.ts';
import { memoryImage, writeImages } from '../helpers/memory-image.ts';
import { testHypervisor } from '../xen/host.ts';

const PAGE = 4096;

async function hostOf(t: Test, text: string) {
  const folder = t.testdir({ 'scenario.yaml': text });
  writeImages(folder);
  const xen = await testHypervisor();
  const free = xen.memory.heap.freePages;
  applyScenario(xen, new Guests(xen, { script: {} }), await loadScenario(join(folder, 'scenario.yaml')));
  const domain = xen.domains.get(1);
  if (domain === undefined) throw new Error('no domain 1');
  return { xen, domain, taken: free - xen.memory.heap.freePages, folder };
}

/** What loading a scenario complains of, without the file's name. */
async function problem(t: Test, text: string, files: Record<string, string | Buffer> = {}): Promise<string> {
  const folder = t.testdir({ 'scenario.yaml': text, ...files });
  try {
    await loadScenario(join(folder, 'scenario.yaml'));
    return '';
  } catch (error) {
    return error instanceof Error ? error.message.replaceAll(folder, '') : String(error);
  }
}

for (const [name, frames] of [
  ['memory.raw', [[0, 64]]],
  [
    'memory.lime',
    [
      [1, 32],
      [48, 64],
    ],
  ],
  [
    'memory.elf',
    [
      [1, 32],
      [48, 64],
    ],
  ],
] as const) {
  t.test(`${name}: the guest has the file's frames and no others`, async (t) => {
    const { domain } = await hostOf(t, `domains: [{ name: a, memory: ${name} }]\n`);
    const { memory, type } = domain;
    t.equal(type, 'pvh', 'unless it is said to be an HVM guest');
    const has = (frame: number) => frames.some(([start, end]) => frame >= start && frame < end);
    const image = memoryImage();
    for (let frame = 0; frame < 70; frame += 1) {
      const bytes = new Uint8Array(PAGE);
      t.equal(memory.readFrame(frame, 0, bytes), has(frame), `frame ${frame}`);
      if (has(frame)) t.ok(image.subarray(frame * PAGE, (frame + 1) * PAGE).equals(bytes), `bytes of frame ${frame}`);
    }
    const ram = memory.map
      .filter(({ type }) => type === 1)
      .map(({ address, size }) => [address / PAGE, (address + size) / PAGE]);
    t.strictSame(ram, frames, 'in its memory map, too');
  });
}

t.test('a segment with more memory than bytes ends with zeroes, and need not begin with a page', async (t) => {
  const folder = t.testdir({ 'scenario.yaml': 'domains: [{ name: a, memory: odd.lime }]\n' });
  const header = Buffer.alloc(32);
  header.writeUInt32LE(0x4c694d45, 0);
  header.writeUInt32LE(1, 4);
  header.writeBigUInt64LE(0x1ff0n, 8);
  header.writeBigUInt64LE(0x200fn, 16);
  writeFileSync(join(folder, 'odd.lime'), Buffer.concat([header, Buffer.alloc(32, 7)]));
  const xen = await testHypervisor();
  applyScenario(xen, new Guests(xen, { script: {} }), await loadScenario(join(folder, 'scenario.yaml')));
  const bytes = new Uint8Array(2 * PAGE);
  const memory = xen.domains.get(1)?.memory;
  memory?.readFrame(1, 0, bytes.subarray(0, PAGE));
  memory?.readFrame(2, 0, bytes.subarray(PAGE));
  t.strictSame(
    [...bytes.entries()].flatMap(([at, byte]) => (byte === 7 ? [at] : [])),
    Array.from({ length: 32 }, (_, at) => 0xff0 + at),
  );
});

t.test('registers are those of the scenario, in long mode; addresses may be written as they are', async (t) => {
  const { domain } = await hostOf(
    t,
    `domains:
  - name: a
    vcpus: 2
    memory: memory.raw
    registers: { cr3: 0x1000, rip: 0xffffffff81000106, lstar: "0xffffffff81800000", rbx: 5 }
`,
  );
  const register = (vcpu: number, name: string) => {
    const record = cpuRecord(domain, vcpu) ?? new Uint8Array();
    return hvmCpu.field(name).getBig(new DataView(record.buffer, record.byteOffset));
  };
  for (const vcpu of [0, 1]) {
    t.equal(register(vcpu, 'cr3'), 0x1000n);
    t.equal(register(vcpu, 'rip'), 0xffffffff81000106n);
    t.equal(register(vcpu, 'msr_lstar'), 0xffffffff81800000n);
    t.equal(register(vcpu, 'rbx'), 5n);
    t.equal(register(vcpu, 'msr_efer'), 0xd01n);
    t.equal(register(vcpu, 'cr0'), 0x80050033n);
  }
});

t.test('a mistake in a memory file is reported with its place', async (t) => {
  const one = (memory: string, more = '') => `domains: [{ name: a, memory: ${memory}${more} }]\n`;
  t.match(await problem(t, one('none.raw')), /scenario\.yaml: \/domains\/0\/memory: none\.raw cannot be read: ENOENT/);
  t.match(await problem(t, one('./')), /\.\/ (is no regular file|cannot be read)/);
  t.match(await problem(t, one('a.b'), { 'a.b': '' }), /a\.b has no memory in it/);
  t.match(await problem(t, one('memory.raw', ', type: pv')), /a PV guest's memory cannot come from a file/);
  t.match(await problem(t, one('16', ', registers: { cr3: 1 }')), /only PVH and HVM guests have registers/);
  t.match(
    await problem(t, one('16', ', type: pvh, registers: { cr3: lots, rip: 0x1 }')),
    /\/domains\/0\/registers\/cr3: must be a number, or a number such as 0xf/,
  );
  t.match(await problem(t, one('16', ', type: pvh, registers: { cr9: 1 }')), /registers\/cr9: is no register/);
  const folder = t.testdir({});
  writeImages(folder);
  const [lime, elf] = ['memory.lime', 'memory.elf'].map((name) => readFileSync(join(folder, name))) as [Buffer, Buffer];
  t.match(
    await problem(t, one('a.lime'), { 'a.lime': lime.subarray(0, 5000) }),
    /a\.lime ends within the range at 0x1000/,
  );
  t.match(
    await problem(t, one('a.lime'), { 'a.lime': Buffer.concat([lime, Buffer.alloc(40)]) }),
    /no header of LiME at \d+/,
  );
  const second = Buffer.from(lime);
  second.writeUInt32LE(2, 4);
  t.match(await problem(t, one('a.lime'), { 'a.lime': second }), /is of LiME's version 2/);
  t.match(
    await problem(t, one('a.elf'), { 'a.elf': elf.subarray(0, 5000) }),
    /a\.elf ends within the segment at 0x1000/,
  );
  t.match(
    await problem(t, one('a.elf'), { 'a.elf': elf.subarray(0, 70) }),
    /a\.elf ends at 70, and names 112 bytes at 64/,
  );
  const program = Buffer.from(elf);
  program.writeUInt16LE(2, 16);
  t.match(await problem(t, one('a.elf'), { 'a.elf': program }), /is an ELF file, but no core/);
  const high = Buffer.from(elf);
  high.writeBigUInt64LE(0xfffffffffffff000n, 64 + 24);
  t.match(await problem(t, one('a.elf'), { 'a.elf': high }), /at addresses that no guest has/);
});
