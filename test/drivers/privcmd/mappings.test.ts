import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { missing } from '../../helpers/capabilities.ts';
import { compile } from '../../helpers/compile.ts';
import { fauxen } from '../../helpers/fauxen.ts';
import { runCommand } from '../../helpers/run-command.ts';
import { fauxenUnprivileged } from '../../helpers/unprivileged.ts';

const skip = missing('fuse', 'mount', 'ptrace', 'gcc', 'xenHeaders');

/** Runs a program of test/programs in `fauxen run` and returns its output, in which no line may begin with "not ok". */
async function check(t: Test, name: string, flags: string[] = [], ...args: string[]): Promise<string> {
  const program = compile(t, `${name}.c`, ['-Wno-unused-function', '-lxenctrl', ...flags]);
  const { status, stdout, stderr } = await fauxen(['run', '--', program, ...args]);
  const failures = stdout.split('\n').filter((line) => line.startsWith('not ok'));
  t.same(failures, [], `${name} ${args}`);
  t.equal(status, 0, stderr);
  t.match(stdout, /^done$/m);
  return stdout;
}

t.test('frames of a domain are mapped by the rules of Linux, for PV and PVH', { skip }, async (t) => {
  await check(t, 'foreign-rules');
});

t.test('grant tables are mapped, their size is returned, and missing frames are refused', { skip }, async (t) => {
  await check(t, 'foreign-resource');
});

t.test("two processes see each other's writes to the same frames, a million times", { skip }, async (t) => {
  const output = await check(t, 'foreign-coherence', ['-pthread'], '500000');
  t.match(output, /^1000000 rounds/m);
});

t.test('only the thread that maps is stopped; the check notices other threads that stop', { skip }, async (t) => {
  await check(t, 'foreign-threads', ['-pthread']);
  const program = compile(t, 'foreign-threads.c', ['-Wno-unused-function', '-lxenctrl', '-pthread']);
  const { status, stdout } = await fauxen(['run', '--', program, 'held']);
  t.match(stdout, /^not ok \d+: seen >= ENOUGH is 0, not 1\n0 stops seen in 300 maps\ndone\n$/);
  t.equal(status, 0);
});

t.test(
  'what gntdev maps is guest memory, and a mapped grant table shows what the model writes',
  { skip },
  async (t) => {
    await check(t, 'foreign-grants', ['-lxengnttab']);
  },
);

t.test(
  'thousands of maps of one frame each succeed, by either transport, and missing frames are reported',
  { skip },
  async (t) => {
    const program = compile(t, 'foreign-singles.c', ['-Wno-unused-function', '-lxenctrl']);
    for (const transport of ['auto', 'fuse']) {
      const { status, stdout, stderr } = await fauxen(['run', '--transport', transport, '--', program, '4000']);
      t.notMatch(stdout, /^not ok/m, transport);
      t.match(stdout, /^done$/m, transport);
      t.equal(status, 0, stderr);
    }
  },
);

t.test('a guest’s core dump by libxc has its notes, registers and pages', { skip }, async (t) => {
  const file = join(t.testdir(), 'core');
  await check(t, 'foreign-dump', ['-lxenguest'], file);
  const core = readFileSync(file);
  const sections = elfSections(core);
  t.equal(core.readUInt16LE(16), 4, 'ET_CORE');
  const notes = notesOf(sections.get('.note.Xen') ?? Buffer.alloc(0));
  t.same([...notes.keys()], [0x2000000, 0x2000001, 0x2000002, 0x2000003], 'XEN_ELFNOTE_DUMPCORE_*');
  const header = notes.get(0x2000001);
  const [magic, vcpus, pages, size] = [0, 8, 16, 24].map((at) => Number(header?.readBigUInt64LE(at)));
  t.same([magic, vcpus, pages, size], [0xf00febee, 1, 64, 4096]);
  t.equal(notes.get(0x2000003)?.readBigUInt64LE(0), 1n, 'format version');
  t.equal(sections.get('.xen_prstatus')?.readBigUInt64LE(648), 0x1234567n, 'rip');
  const [frames, memory] = [sections.get('.xen_pfn'), sections.get('.xen_pages')];
  for (let index = 0; index < 64; index += 1) {
    t.equal(frames?.readBigUInt64LE(8 * index), BigInt(0x10 + index));
    const at = 4096 * index + index;
    t.equal(memory?.toString('latin1', at, at + 9).replace(/\0.*/s, ''), `frame ${index}`);
  }
});

/** The sections of a 64-bit ELF file by name. */
function elfSections(file: Buffer): Map<string, Buffer> {
  const [table, size, count, names] = [
    Number(file.readBigUInt64LE(40)),
    file.readUInt16LE(58),
    file.readUInt16LE(60),
    file.readUInt16LE(62),
  ];
  const bytesOf = (index: number) => {
    const at = table + index * size;
    const offset = Number(file.readBigUInt64LE(at + 24));
    return file.subarray(offset, offset + Number(file.readBigUInt64LE(at + 32)));
  };
  const strings = bytesOf(names);
  return new Map(
    Array.from({ length: count }, (_, index) => {
      const name = file.readUInt32LE(table + index * size);
      return [strings.toString('latin1', name, strings.indexOf(0, name)), bytesOf(index)];
    }),
  );
}

/** Notes named Xen, by type. */
function notesOf(section: Buffer): Map<number, Buffer> {
  const found = new Map<number, Buffer>();
  for (let at = 0; at + 12 <= section.length; ) {
    const [name, length, type] = [0, 4, 8].map((field) => section.readUInt32LE(at + field)) as [number, number, number]; // three in
    if (section.toString('latin1', at + 12, at + 15) === 'Xen') {
      const start = at + 12 + Math.ceil(name / 4) * 4;
      found.set(type, section.subarray(start, start + length));
    }
    at += 12 + Math.ceil(name / 4) * 4 + Math.ceil(length / 4) * 4;
  }
  return found;
}

t.test('several trace buffers are mapped at once, and fill while they are mapped', { skip }, async (t) => {
  await check(t, 'foreign-trace', ['-lxenevtchn']);
});

t.test('a traced program cannot map memory until its tracer detaches', { skip }, async (t) => {
  await check(t, 'foreign-traced');
});

t.test(
  'under strace, maps are copies that are written back, and dmesg reports it',
  { skip: skip || missing('strace') },
  async (t) => {
    await check(t, 'foreign-copies');
    const program = compile(t, 'foreign-copies.c', ['-Wno-unused-function', '-lxenctrl']);
    const { status, stdout, stderr } = await fauxen([
      'run',
      '--dmesg',
      '--',
      'strace',
      '-f',
      '-o',
      '/dev/null',
      program,
    ]);
    t.notMatch(stdout, /^not ok/m);
    t.match(stdout, /^done$/m, stderr);
    t.equal(status, 0);
    t.match(stderr, /privcmd: cannot trace thread \d+: EPERM: under a debugger it maps copies/);
  },
);

t.test('any user may map, in a user namespace', { skip: skip || missing('userns') }, async (t) => {
  const program = compile(t, 'foreign-rules.c', ['-Wno-unused-function', '-lxenctrl']);
  const { command, args } = fauxenUnprivileged(t, ['run', '--', program]);
  const { status, stdout, stderr } = await runCommand(command, args);
  t.notMatch(stdout, /^not ok/m);
  t.match(stdout, /^done$/m);
  t.equal(status, 0, stderr);
});

t.test('256 frames are mapped within a millisecond', { skip }, async (t) => {
  const output = await check(t, 'foreign-speed', [], '60');
  const best = Number(/^256 median .* best (\S+)$/m.exec(output)?.[1]);
  t.ok(best < 1, `${best} ms at best`);
});
