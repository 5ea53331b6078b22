import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { loadGroups } from '../../src/user-hypercalls/load.ts';
import { readSource } from '../../src/user-hypercalls/read-source.ts';
import { loadAbi } from '../../src/xen/abi/abi.ts';

t.test('a hypercall file is UTF-8 text; a byte order mark is ignored', async (t) => {
  const directory = t.testdir({});
  const abi = await loadAbi();
  for (const extension of ['ts', 'c', 'patch']) {
    const file = join(directory, `x.${extension}`);
    const refusal = (content: Buffer) => {
      writeFileSync(file, content);
      try {
        loadGroups([file], abi);
      } catch (error) {
        return String(error);
      }
      return 'loaded';
    };
    t.match(refusal(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1])), `${file}: is not text: byte 4 is 0`);
    t.match(refusal(Buffer.from('\uFEFFint a;', 'utf16le')), `${file}: is in UTF-16: save it as UTF-8`);
    t.match(refusal(Buffer.alloc(17 * 1024 * 1024, 32)), `${file}: has 17 MB: a hypercall file has at most 16 MB`);
    writeFileSync(file, '\uFEFFint a;\n');
    t.equal(readSource(file), 'int a;\n');
  }
  const pipe = join(directory, 'pipe.c');
  spawnSync('mkfifo', [pipe]);
  t.throws(() => loadGroups([pipe], abi), { message: `${pipe}: is not a regular file` });
  t.throws(() => readSource(join(directory, 'none.c')), { message: /none\.c: cannot be read: ENOENT/ });
});
