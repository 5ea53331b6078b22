import { behaves } from '../../abi/behaviour.ts';
import { valueOfRelease } from '../../abi/value-of-release.ts';
import { type CpuPool, granularities } from '../../domain/cpupool.ts';
import { errno } from '../../errno.ts';
import type { Hypervisor } from '../../hypervisor.ts';
import { extraversion } from '../../machine/extraversion.ts';
import { configBlob } from './config.ts';

const TYPE_DIRECTORY = 0;
const TYPE_STRING = 2;
const TYPE_UINT = 3;
const TYPE_BOOL = 5;
const ENCODING_PLAIN = 0;
const ENCODING_GZIP = 1;

export interface Leaf {
  readonly type: number;
  readonly encoding: number;
  /** Most bytes of a text, which readers get too; 0 if it cannot be written. */
  readonly maxWrite: number;
  read(): Uint8Array;
  /** Whether a write of that many bytes is accepted: 0 or -errno. */
  refuses?(length: number): number;
  /** 0 or -errno. */
  write?(content: Uint8Array): number;
}

/** A directory's entries, in the order of their names. */
export interface Directory {
  readonly type: typeof TYPE_DIRECTORY;
  /** Least number of bytes for a name: Xen leaves more room in directories that it generates when they are read. */
  readonly nameRoom?: number;
  entries(): [name: string, node: Node][];
  /** The entry's own name for one that a path has; absent: the same. */
  nameOf?(name: string): string;
}

export type Node = Leaf | Directory;

const encoder = new TextEncoder();

function directory(entries: Record<string, Node>): Directory {
  const sorted = Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1));
  return { type: TYPE_DIRECTORY, entries: () => sorted };
}

function string(read: () => string): Leaf {
  return { type: TYPE_STRING, encoding: ENCODING_PLAIN, maxWrite: 0, read: () => encoder.encode(`${read()}\0`) };
}

function unsigned(value: number): Leaf {
  const read = () => new Uint8Array(new Uint32Array([value]).buffer);
  return { type: TYPE_UINT, encoding: ENCODING_PLAIN, maxWrite: 0, read };
}

/** Most bytes of a text that Xen parses, even if it reports a larger size. */
const MAX_PARSED = 128;

const endsInNul = (content: Uint8Array): boolean => content.length > 0 && content.indexOf(0) === content.length - 1;
const textOf = (content: Uint8Array): string => new TextDecoder('latin1').decode(content.subarray(0, -1));

/** A runtime parameter as a file: flags are one byte, the others text that ends in a NUL. */
function parameter({ parameters }: Hypervisor, name: string): Leaf | undefined {
  const found = parameters.all.get(name);
  if (found === undefined) return undefined;
  const { kind, room } = found;
  const leaf = { encoding: ENCODING_PLAIN, maxWrite: room };
  if (kind === 'flag') {
    return {
      ...leaf,
      type: TYPE_BOOL,
      read: () => encoder.encode(found.read()),
      refuses: (length) => (length === 1 ? 0 : -errno.EDOM),
      write: (content) => found.write(String.fromCharCode(content[0] ?? 0)),
    };
  }
  return {
    ...leaf,
    type: TYPE_STRING,
    read: () => encoder.encode(`${found.read()}\0`),
    refuses: (length) => (length > (kind === 'parsed' ? MAX_PARSED : room) ? -errno.ENOSPC : 0),
    write(content) {
      if (!endsInNul(content)) return kind === 'parsed' ? -errno.EDOM : -errno.EINVAL;
      return found.write(textOf(content));
    },
  };
}

/** Bytes of a granularity's name with its NUL, at most. */
const GRANULARITY_ROOM = 8;

/** /cpupool/N: its granularity, which can be set while the pool has no CPU. */
function poolDirectory(pool: CpuPool): Directory {
  return directory({
    'sched-gran': {
      type: TYPE_STRING,
      encoding: ENCODING_PLAIN,
      maxWrite: GRANULARITY_ROOM,
      read: () => encoder.encode(`${pool.granularity}\0`),
      refuses: (length) => (length > GRANULARITY_ROOM ? -errno.ENOSPC : 0),
      write(content) {
        const granularity = granularities.find((each) => endsInNul(content) && each === textOf(content));
        if (granularity === undefined) return -errno.EINVAL;
        if (pool.cpus.length > 0) return -errno.EBUSY;
        pool.granularity = granularity;
        return 0;
      },
    },
  });
}

/** The pools, by their numbers; a name may have leading zeroes. */
function poolsDirectory({ pools }: Hypervisor): Directory {
  return {
    type: TYPE_DIRECTORY,
    nameRoom: 8,
    entries: () => [...pools.values()].map((pool) => [String(pool.id), poolDirectory(pool)]),
    nameOf: (name) => name.replace(/^0+(?=\d)/, ''),
  };
}

/** The hypervisor file system: how Xen was built, its CPU pools, its parameters. A view: all that it shows is kept elsewhere. */
export function hypfsTree(hypervisor: Hypervisor): Directory {
  const { abi, machine } = hypervisor;
  const { build } = machine;
  const parameters = [...hypervisor.parameters.all.keys()].map((name) => [name, parameter(hypervisor, name)]);
  const pools = behaves(abi, 'poolsInHypfs') ? { cpupool: poolsDirectory(hypervisor) } : {};
  return directory({
    buildinfo: directory({
      changeset: string(() => build.changeset),
      compileinfo: directory({
        compile_by: string(() => build.compiledBy),
        compile_date: string(() => build.compileDate),
        compile_domain: string(() => build.compileDomain),
        compiler: string(() => valueOfRelease(abi, 'compiler')),
      }),
      config: { type: TYPE_STRING, encoding: ENCODING_GZIP, maxWrite: 0, read: () => configBlob(abi) },
      version: directory({
        extra: string(() => extraversion(build, abi.version)),
        major: unsigned(abi.major),
        minor: unsigned(abi.minor),
      }),
    }),
    ...pools,
    params: directory(Object.fromEntries(parameters) as Record<string, Leaf>),
  });
}

/** The node at a path that starts with a slash; a slash at the end is allowed after a directory. */
export function findNode(root: Directory, path: string): Node | undefined {
  if (!path.startsWith('/')) return undefined;
  let node: Node = root;
  let rest = path.slice(1);
  while (rest !== '') {
    if (!isDirectory(node)) return undefined;
    const slash = rest.indexOf('/');
    const name = slash < 0 ? rest : rest.slice(0, slash);
    const known: string = node.nameOf?.(name) ?? name;
    const entry: [string, Node] | undefined = node.entries().find(([each]) => each === known);
    if (entry === undefined) return undefined;
    node = entry[1];
    rest = slash < 0 ? '' : rest.slice(slash + 1);
    if (slash >= 0 && !isDirectory(node)) return undefined;
  }
  return node;
}

export function isDirectory(node: Node): node is Directory {
  return node.type === TYPE_DIRECTORY;
}
