import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { compile } from '../helpers/compile.ts';
import { CoreFile } from '../helpers/core-file.ts';
import { CR3, INIT_TASK, linuxImage, processes } from '../helpers/linux-image.ts';
import { memoryImage, RANGED_PAGES, writeImages } from '../helpers/memory-image.ts';
import { plainFolder } from '../helpers/plain-folder.ts';
import { inDom0, withoutDom0 } from '../helpers/tiny-guests.ts';

const skip = withoutDom0();
const PAGE = 4096;
const REGISTERS = '{ cr3: 0x1000, rip: 0xffffffff81000106, rsp: 0xffffffff81001f00 }';

t.test('a guest has its memory from a file of each format: xenctx walks its page tables', { skip }, async (t) => {
  const folder = plainFolder(t);
  writeImages(folder);
  writeFileSync(
    join(folder, 'host.yaml'),
    `domains:
  - { name: raw, type: hvm, memory: ./memory.raw, registers: ${REGISTERS} }
  - { name: lime, memory: memory.lime, registers: [${REGISTERS}, {cr3: 0x1000, rip: 0xffffffff81000105}], vcpus: 2 }
  - { name: elf, memory: memory.elf, registers: ${REGISTERS}, console: "hello" }
`,
  );
  const text = await inDom0(
    t,
    folder,
    `PATH=$PATH:/usr/lib/xen-4.17/bin
xl list
for name in raw lime elf; do
  echo "== $name"
  xenctx $(xl domid $name)
  xl dump-core $name $name.core
done`,
    50_000,
    ['--scenario', join(folder, 'host.yaml')],
  );
  for (const name of ['raw', 'lime', 'elf']) {
    const [, shown = ''] = new RegExp(`^== ${name}\\n([\\s\\S]*?)^(==|done$)`, 'm').exec(text) ?? [];
    t.match(shown, /^rip: ffffffff81000106/m, name);
    t.match(shown, /0f 1f 44 00 00 f4 <eb> fd/, name);
    t.match(shown, /^ ffffffff81000105 1122334455667788 /m, name);
    const core = new CoreFile(join(folder, `${name}.core`));
    const memory = memoryImage();
    const wrong = core.frames.filter((frame, index) => {
      return frame < 64 && !core.page(index).equals(memory.subarray(frame * PAGE, (frame + 1) * PAGE));
    });
    t.strictSame(wrong, [], `${name}: each page is the file's`);
    const pages = core.frames.filter((frame) => frame < 64).length;
    t.ok(pages >= (name === 'raw' ? 64 : RANGED_PAGES), `${name}: ${pages} pages`);
  }
});

t.test('what xl dump-core wrote becomes a guest with the same memory and registers', { skip }, async (t) => {
  const folder = plainFolder(t);
  writeImages(folder);
  const host = (name: string, domain: string) => writeFileSync(join(folder, name), `domains: [${domain}]\n`);
  host('first.yaml', `{ name: first, type: hvm, memory: memory.raw, registers: ${REGISTERS} }`);
  host('second.yaml', '{ name: second, memory: first.core }');
  const show = (name: string) => `PATH=$PATH:/usr/lib/xen-4.17/bin
xenctx $(xl domid ${name})
xl dump-core ${name} ${name}.core`;
  const [first, second] = [
    await inDom0(t, folder, show('first'), 50_000, ['--scenario', join(folder, 'first.yaml')]),
    await inDom0(t, folder, show('second'), 50_000, ['--scenario', join(folder, 'second.yaml')]),
  ];
  t.match(first, /<eb> fd/);
  t.equal(second, first);
  const [before, after] = ['first', 'second'].map((name) => new CoreFile(join(folder, `${name}.core`)));
  for (const [index, frame] of before?.frames.entries() ?? []) {
    if (frame >= 64) continue;
    const found = after?.frames.indexOf(frame) ?? -1;
    if (!before?.page(index).equals(after?.page(found) ?? Buffer.alloc(0))) t.fail(`frame ${frame} differs`);
  }
});

t.test("a program finds a guest's processes by its page tables, a large page among them", { skip }, async (t) => {
  const folder = plainFolder(t, {
    'memory.raw': linuxImage(),
    'linux.yaml': `domains: [{ name: linux, type: hvm, memory: memory.raw, registers: { cr3: ${CR3} } }]\n`,
  });
  const program = compile(t, 'process-list.c', ['-lxenctrl']);
  const script = `${program} 1 ${INIT_TASK.toString(16)}; ${program} 1 ffffffff80000000 || true`;
  const text = await inDom0(t, folder, script, 50_000, ['--scenario', join(folder, 'linux.yaml')]);
  t.equal(
    text,
    `${processes.map(([pid, name]) => `[${String(pid).padStart(5)}] ${name}\n`).join('')}nothing at ffffffff800008b0\ndone\n`,
  );
});
