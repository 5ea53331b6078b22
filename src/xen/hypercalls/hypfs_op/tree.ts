import { errno } from '../../errno.ts';
import type { Hypervisor } from '../../hypervisor.ts';
import { extraversion } from '../../machine/extraversion.ts';
import { configBlob } from './config.ts';

export const TYPE_DIRECTORY = 0;
const TYPE_STRING = 2;
const TYPE_UINT = 3;
const TYPE_BOOL = 5;
const ENCODING_PLAIN = 0;
const ENCODING_GZIP = 1;

export interface Leaf {
  readonly type: number;
  readonly encoding: number;
  /** Most bytes of a write; 0 if it cannot be written. */
  readonly maxWrite: number;
  read(): Uint8Array;
  /** 0 or -errno. */
  write?(content: Uint8Array): number;
}

/** A directory's entries, in the order of their names. */
export interface Directory {
  readonly type: typeof TYPE_DIRECTORY;
  /** Least number of bytes for a name: Xen leaves more room in directories that it generates when they are read. */
  readonly nameRoom?: number;
  entries(): [name: string, node: Node][];
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

/** A runtime parameter as a file: flags are one byte, the others text that ends in a NUL. */
function parameter(hypervisor: Hypervisor, name: string): Leaf {
  const found = hypervisor.parameters.all.get(name);
  const flag = found?.flag === true;
  return {
    type: flag ? TYPE_BOOL : TYPE_STRING,
    encoding: ENCODING_PLAIN,
    maxWrite: found?.room ?? 0,
    read: () => encoder.encode(`${found?.read() ?? ''}${flag ? '' : '\0'}`),
    write(content) {
      if (flag) return content.length === 1 ? hypervisor.parameters.set(name, content[0] ? '1' : '') : -errno.EDOM;
      if (content.indexOf(0) !== content.length - 1) return -errno.EDOM;
      return hypervisor.parameters.set(name, new TextDecoder().decode(content.subarray(0, -1)));
    },
  };
}

/** The hypervisor file system of a Xen with two families of settings: build and parameters, and its cpupools. */
export function hypfsTree(hypervisor: Hypervisor): Directory {
  const { abi, machine } = hypervisor;
  const { build } = machine;
  const config = configBlob();
  const parameters = [...hypervisor.parameters.all.keys()].map((name) => [name, parameter(hypervisor, name)]);
  return directory({
    buildinfo: directory({
      changeset: string(() => build.changeset),
      compileinfo: directory({
        compile_by: string(() => build.compiledBy),
        compile_date: string(() => build.compileDate),
        compile_domain: string(() => build.compileDomain),
        compiler: string(() => build.compiler),
      }),
      config: { type: TYPE_STRING, encoding: ENCODING_GZIP, maxWrite: 0, read: () => config },
      version: directory({
        extra: string(() => extraversion(build, abi.version)),
        major: unsigned(abi.major),
        minor: unsigned(abi.minor),
      }),
    }),
    cpupool: { ...directory({ 0: directory({ 'sched-gran': string(() => 'cpu') }) }), nameRoom: 8 },
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
    const entry: [string, Node] | undefined = node.entries().find(([each]) => each === name);
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
