import { constants } from 'node:os';
import t from 'tap';
import type { FsNode } from '../../src/fuse/node.ts';
import { FakeKernel } from './fixtures/fake-kernel.ts';
import { fakeTree } from './fixtures/tree.ts';

const { ENAMETOOLONG, ENOENT, ESTALE } = constants.errno;

t.test('BATCH_FORGET removes exactly the given number of lookups', async (t) => {
  const kernel = new FakeKernel(fakeTree(() => {}).root);
  const id = kernel.lookup('greeting');
  for (let more = 0; more < 2; more += 1) t.equal(kernel.lookup('greeting'), id);
  const forget = (lookups: number) => kernel.send(42, 0, [4, 1], [4, 0], [8, id], [8, lookups]);
  forget(1);
  t.equal(kernel.getattr(id).error, 0, 'two lookups are left');
  forget(2);
  t.equal(kernel.getattr(id).error, -ESTALE);
});

t.test('the target of a symbolic link has at most 4095 bytes', async (t) => {
  const linkTo = (length: number) =>
    ({
      kind: 'symlink',
      attributes: () => ({ mode: 0o120777, size: length }),
      target: () => 'x'.repeat(length),
    }) as const;
  const links: Record<string, FsNode> = { longest: linkTo(4095), longer: linkTo(4096) };
  const kernel = new FakeKernel({ ...fakeTree(() => {}).root, lookup: (name) => links[name] ?? -ENOENT });
  const readlink = (name: string) => kernel.ask(5, kernel.lookup(name));
  t.equal(readlink('longest').body.length, 4095);
  t.equal(readlink('longer').error, -ENAMETOOLONG);
});

t.test('operations without a result are answered by a header alone', async (t) => {
  const kernel = new FakeKernel(fakeTree(() => {}).root);
  const { nodeid, fh } = kernel.open('greeting');
  const directory = kernel.opendir(1);
  const answers: [string, number, number, number][] = [
    ['FLUSH', 25, nodeid, fh],
    ['RELEASE', 18, nodeid, fh],
    ['FSYNCDIR', 30, 1, directory],
    ['RELEASEDIR', 29, 1, directory],
  ];
  for (const [name, opcode, node, handle] of answers) {
    const { error, body } = kernel.ask(opcode, node, [8, handle], Buffer.alloc(16));
    t.same([error, body.length], [0, 0], name);
  }
});
