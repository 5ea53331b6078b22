// Open files against a model of them: after lookups, opens, closes and forgets in any order, a request reaches exactly the open file
// that its handle was given for, or none.

import { constants } from 'node:os';
import fc from 'fast-check';
import t from 'tap';
import type { DirectoryNode, FileNode, FsNode } from '../../src/fuse/node.ts';
import { fuzz, timeout } from '../helpers/fuzz.ts';
import { FakeKernel, type Part } from './fixtures/fake-kernel.ts';

const { EBADF, EISDIR, ENOTDIR, ENOTTY, ESTALE } = constants.errno;
const ROOT = 1;
const IOCTL_DIR = 1 << 4;
const zeroes = (bytes: number) => Buffer.alloc(bytes);

type Kind = 'file' | 'directory';

/** What the model knows to be open. */
interface Opened {
  kind: Kind;
  nodeid: number;
  /** Of the driver's object. */
  object: number;
}

interface Model {
  /** The kind of each node, and how many lookups of it the kernel holds. */
  nodes: Map<number, { kind: Kind; lookups: number }>;
  opened: Map<number, Opened>;
  /** Handles that were closed. */
  closed: number[];
  /** How many open files the driver has made: it numbers them. */
  objects: number;
}

interface Real {
  kernel: FakeKernel;
  /** The operations that reached the driver's objects since the last check: `read 3`. */
  reached: string[];
}

/** Each name of the tree: two files that keep their node, one that is new at each lookup, two directories. */
const NAMES = ['stable', 'other', 'fresh', 'folder', 'root'] as const;

function tree(reached: string[]): DirectoryNode {
  let objects = 0;
  const file = (): FileNode => ({
    kind: 'file',
    attributes: () => ({ mode: 0o600, size: 0 }),
    open: () => {
      const object = objects++;
      const note = (what: string, result: number) => {
        reached.push(`${what} ${object}`);
        return result;
      };
      return {
        read: () => note('read', 0),
        write: () => note('write', 1),
        ioctl: () => note('ioctl', 7),
        poll: () => note('poll', 1),
        flush: () => note('flush', 0),
        fsync: () => note('fsync', 0),
        release: () => void note('release', 0),
      };
    },
  });
  const directory = (lookup: (name: string) => FsNode | number): DirectoryNode => ({
    kind: 'directory',
    attributes: () => ({ mode: 0o755, size: 0 }),
    lookup,
    list: () => [],
  });
  const nodes: Record<string, FsNode> = {
    stable: file(),
    other: file(),
    folder: directory(() => -constants.errno.ENOENT),
  };
  return directory((name) => (name === 'fresh' ? file() : (nodes[name] ?? -constants.errno.ENOENT)));
}

/** A request about an open file or directory: opcode, what it carries, its answer, and what it does to the driver's object. */
interface Request {
  name: string;
  kind: Kind;
  opcode: number;
  parts: (fh: number) => Part[];
  error?: number;
  closes?: true;
}

const requests: Request[] = [
  { name: 'read', kind: 'file', opcode: 15, parts: (fh) => [[8, fh], [8, 0], [4, 8], zeroes(20)] },
  { name: 'write', kind: 'file', opcode: 16, parts: (fh) => [[8, fh], [8, 0], [4, 1], zeroes(20), Buffer.from('x')] },
  { name: 'ioctl', kind: 'file', opcode: 39, parts: (fh) => [[8, fh], [4, 0], [4, 5], [8, 0], zeroes(8)] },
  {
    name: 'poll',
    kind: 'file',
    opcode: 40,
    parts: (fh) => [
      [8, fh],
      [8, 0],
      [4, 0],
      [4, 1],
    ],
  },
  { name: 'flush', kind: 'file', opcode: 25, parts: (fh) => [[8, fh], zeroes(16)] },
  { name: 'fsync', kind: 'file', opcode: 20, parts: (fh) => [[8, fh], zeroes(8)] },
  { name: 'release', kind: 'file', opcode: 18, parts: (fh) => [[8, fh], zeroes(16)], closes: true },
  { name: 'readdir', kind: 'directory', opcode: 28, parts: (fh) => [[8, fh], [8, 0], [4, 512], zeroes(20)] },
  {
    name: 'ioctl',
    kind: 'directory',
    opcode: 39,
    parts: (fh) => [[8, fh], [4, IOCTL_DIR], [4, 5], [8, 0], zeroes(8)],
    error: -ENOTTY,
  },
  { name: 'fsyncdir', kind: 'directory', opcode: 30, parts: (fh) => [[8, fh], zeroes(8)] },
  { name: 'releasedir', kind: 'directory', opcode: 29, parts: (fh) => [[8, fh], zeroes(16)], closes: true },
];

function mustBe(what: string, got: unknown, wanted: unknown): void {
  if (got !== wanted) throw new Error(`${what}: got ${got}, wanted ${wanted}`);
}

/** Picks from a list by a random number; undefined if it is empty. */
const pick = <T>(all: readonly T[], random: number): T | undefined => all[random % all.length];

class LookUp implements fc.Command<Model, Real> {
  readonly name: (typeof NAMES)[number];
  constructor(name: (typeof NAMES)[number]) {
    this.name = name;
  }
  check = () => this.name !== 'root';
  run(model: Model, { kernel }: Real): void {
    const { error, body } = kernel.ask(1, ROOT, this.name);
    mustBe('lookup', error, 0);
    const id = Number(body.readBigUInt64LE(0));
    const known = model.nodes.get(id);
    if (this.name === 'fresh') mustBe('a fresh node was known', known, undefined);
    const kind = this.name === 'folder' ? 'directory' : 'file';
    model.nodes.set(id, { kind, lookups: (known?.lookups ?? 0) + 1 });
  }
  toString = () => `lookup ${this.name}`;
}

class Forget implements fc.Command<Model, Real> {
  readonly random: number;
  constructor(random: number) {
    this.random = random;
  }
  check = () => true;
  run(model: Model, { kernel }: Real): void {
    const id = pick([...model.nodes.keys()], this.random) ?? ROOT;
    const node = model.nodes.get(id);
    kernel.send(2, id, [8, 1]);
    if (id === ROOT || node === undefined) return;
    node.lookups -= 1;
    if (node.lookups === 0) model.nodes.delete(id);
  }
  toString = () => `forget ${this.random}`;
}

class Open implements fc.Command<Model, Real> {
  readonly random: number;
  readonly as: Kind;
  constructor(random: number, as: Kind) {
    this.random = random;
    this.as = as;
  }
  check = () => true;
  run(model: Model, { kernel }: Real): void {
    const id = this.random % 9 === 0 ? 1_000_000 : (pick([...model.nodes.keys()], this.random) ?? ROOT);
    const node = model.nodes.get(id);
    const { error, body } = kernel.ask(this.as === 'file' ? 14 : 27, id, [4, 2], [4, 0]);
    const otherKind = this.as === 'file' ? -EISDIR : -ENOTDIR;
    mustBe('open', error, node === undefined ? -ESTALE : node.kind === this.as ? 0 : otherKind);
    if (error !== 0) return;
    const handle = Number(body.readBigUInt64LE(0));
    if (model.opened.has(handle) || model.closed.includes(handle)) throw new Error(`handle ${handle} was given twice`);
    const object = this.as === 'file' ? model.objects++ : -1;
    model.opened.set(handle, { kind: this.as, nodeid: id, object });
  }
  toString = () => `open ${this.random} as ${this.as}`;
}

/** A request with a handle and a node, matching or not. */
class Use implements fc.Command<Model, Real> {
  readonly request: (typeof requests)[number];
  readonly random: number;
  readonly honest: boolean;
  constructor(request: (typeof requests)[number], random: number, honest: boolean) {
    this.request = request;
    this.random = random;
    this.honest = honest;
  }
  check = (model: Readonly<Model>) => model.opened.size > 0;
  run(model: Model, { kernel, reached }: Real): void {
    const { name, kind, opcode, parts, closes, error = 0 } = this.request;
    const handles = [...model.opened.keys(), ...(this.honest ? [] : [...model.closed, 0, 999_999])];
    const handle = pick(handles, this.random)!;
    const opened = model.opened.get(handle);
    const nodes = [...model.nodes.keys(), 0];
    const nodeid = this.honest ? opened!.nodeid : pick(nodes, this.random >> 4)!;
    const isRight = opened !== undefined && opened.nodeid === nodeid && opened.kind === kind;
    reached.length = 0;
    mustBe(`error of ${name}`, kernel.ask(opcode, nodeid, ...parts(handle)).error, isRight ? error : -EBADF);
    mustBe('what was reached', reached.join(), isRight && kind === 'file' ? `${name} ${opened.object}` : '');
    if (!isRight || !closes) return;
    model.opened.delete(handle);
    model.closed.push(handle);
  }
  toString = () => `${this.honest ? '' : 'dishonest '}${this.request.name} of a ${this.request.kind} ${this.random}`;
}

/** GETATTR and SETATTR may carry a handle of either kind. */
class Attributes implements fc.Command<Model, Real> {
  readonly random: number;
  readonly sets: boolean;
  constructor(random: number, sets: boolean) {
    this.random = random;
    this.sets = sets;
  }
  check = (model: Readonly<Model>) => model.opened.size > 0;
  run(model: Model, { kernel }: Real): void {
    const handle = pick([...model.opened.keys(), ...model.closed], this.random)!;
    const nodeid = pick([...model.nodes.keys()], this.random >> 4)!;
    const parts: Part[] = this.sets
      ? [[4, (1 << 6) | (1 << 3)], [4, 0], [8, handle], zeroes(72)]
      : [
          [4, 1],
          [4, 0],
          [8, handle],
        ];
    const isRight = model.opened.get(handle)?.nodeid === nodeid;
    mustBe('attributes', kernel.ask(this.sets ? 4 : 3, nodeid, ...parts).error, isRight ? 0 : -EBADF);
  }
  toString = () => `${this.sets ? 'setattr' : 'getattr'} ${this.random}`;
}

const random = fc.nat();
const commands = fc.commands(
  [
    fc.constantFrom(...NAMES).map((name) => new LookUp(name)),
    random.map((number) => new Forget(number)),
    fc.tuple(random, fc.constantFrom<Kind>('file', 'directory')).map(([number, kind]) => new Open(number, kind)),
    fc.tuple(random, fc.constantFrom<Kind>('file', 'directory')).map(([number, kind]) => new Open(number, kind)),
    fc.tuple(fc.constantFrom(...requests), random, fc.boolean()).map((args) => new Use(...args)),
    fc.tuple(fc.constantFrom(...requests), random, fc.boolean()).map((args) => new Use(...args)),
    fc.tuple(random, fc.boolean()).map((args) => new Attributes(...args)),
  ],
  { maxCommands: 80, size: 'max' },
);

t.test('a request reaches the open file that its handle was given for, or none', { timeout }, async (t) => {
  await fuzz(
    t,
    fc.property(commands, (sequence) => {
      const reached: string[] = [];
      const kernel = new FakeKernel(tree(reached));
      const model: Model = {
        nodes: new Map([[ROOT, { kind: 'directory', lookups: 1 }]]),
        opened: new Map(),
        closed: [],
        objects: 0,
      };
      fc.modelRun(() => ({ model, real: { kernel, reached } }), sequence);
      mustBe('nodes', kernel.session.nodes, model.nodes.size);
      mustBe('open', kernel.session.open, model.opened.size);
      reached.length = 0;
      kernel.session.close();
      const left = [...model.opened.values()].filter(({ kind }) => kind === 'file').length;
      mustBe('released at the end', reached.filter((line) => line.startsWith('release')).length, left);
      if (kernel.errors.length > 0) throw new Error(kernel.errors.join('; '));
    }),
  );
});
