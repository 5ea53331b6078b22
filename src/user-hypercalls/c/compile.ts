import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { packageRoot } from '../../package/place.ts';
import type { UserHypercall } from '../define.ts';
import { LoadError } from '../load-error.ts';
import { moduleHypercalls } from './module.ts';
import { type CHypercall, findHypercalls, findNumbers } from './parse.ts';
import { readPatch } from './patch.ts';

/** The headers ship in src/. */
const include = join(packageRoot, 'src/user-hypercalls/c/include');

/** Milliseconds that the compiler may take. */
const COMPILER_TIMEOUT = 30_000;

/** Loads the hypercalls of a C file in the style of Xen. Throws LoadError. */
export function loadC(file: string): UserHypercall[] {
  return compile(file, readFileSync(file, 'utf8'), new Map());
}

/** Loads the hypercalls that a unified diff adds to Xen. Throws LoadError. */
export function loadPatch(file: string): UserHypercall[] {
  const { hypercalls, source } = readPatch(readFileSync(file, 'utf8'));
  const numbers = new Map<string, number>();
  for (const { name, number, table } of hypercalls) {
    if (number === undefined) {
      throw new LoadError(file, `${file}:1: do_${name} has no number: the patch adds no #define __HYPERVISOR_${name}`);
    }
    if (table === undefined) {
      throw new LoadError(
        file,
        `${file}:1: do_${name} is in no table, so Xen would answer ENOSYS: add it to hypercall-defs.c (since 4.16), hypercall.c (since 4.9) or entry.S (before)`,
      );
    }
    numbers.set(name, number);
  }
  return compile(file, source, numbers);
}

function compile(file: string, text: string, numbers: ReadonlyMap<string, number>): UserHypercall[] {
  const found = findHypercalls(text);
  const own = findNumbers(text);
  if (found.length === 0) {
    throw new LoadError(file, `${file}:1: no hypercall: a function \`long do_NAME(…)\` is one`);
  }
  const numbered = found.map((each) => {
    const number = numbers.get(each.name) ?? own.get(each.name);
    if (number === undefined) {
      throw new LoadError(
        file,
        `${file}:${each.line}: do_${each.name} has no number: add \`#define __HYPERVISOR_${each.name} 39\``,
      );
    }
    if (each.parameters.length > 5) {
      throw new LoadError(
        file,
        `${file}:${each.line}: do_${each.name} takes ${each.parameters.length} arguments; privcmd passes 5`,
      );
    }
    return { ...each, number, source: `${file}:${each.line}` };
  });
  return moduleHypercalls(build(file, text, numbered), numbered);
}

/** Bytes of memory that a module may have: below the lowest address of a linked program, so that no guest's pointer falls into it. */
const MAX_MEMORY = 2 * 1024 * 1024;

/** Compiles with clang for 64-bit WebAssembly, Xen's own word size. */
function build(file: string, text: string, found: readonly CHypercall[]): Uint8Array<ArrayBuffer> {
  const directory = scratch(file, () => mkdtempSync(join(tmpdir(), 'fauxen-c-')));
  try {
    const source = join(directory, basename(file).replace(/\W+/g, '_').concat('.c'));
    const output = join(directory, 'module.wasm');
    // The user's text comes first, so that the compiler's line numbers are the user's, and its names come from -include.
    const whole = `#line 1 "${file}"\n${text}\n#line 1 "fauxen"\n${entries(found)}`;
    scratch(file, () => writeFileSync(source, whole));
    const exported = ['fauxen_vcpu', ...found.map(({ name }) => `fauxen_entry_${name}`)];
    const result = spawnSync(
      'clang',
      [
        ...['--target=wasm64', '-O1', '-g', '-nostdlib', '-ffreestanding', '-fno-builtin', '-std=gnu11', '-w'],
        ...['-I', include, '-I', dirname(file), '-include', 'fauxen.h', source, '-o', output],
        ...['-Wl,--no-entry', '-Wl,--allow-undefined', `-Wl,--max-memory=${MAX_MEMORY}`],
        ...exported.map((name) => `-Wl,--export=${name}`),
      ],
      { encoding: 'utf8', timeout: COMPILER_TIMEOUT },
    );
    if (result.error !== undefined || /unable to execute|wasm-ld.*(not found|No such)/.test(result.stderr ?? '')) {
      throw new LoadError(file, `${file}: a hypercall in C needs clang and lld: apt-get install clang lld`);
    }
    if (result.status !== 0) throw new LoadError(file, compilerMessage(file, result.stderr));
    return new Uint8Array(readFileSync(output));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Does something in the folder for temporary files. Throws LoadError where that is full, or not to be written. */
function scratch<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : error;
    throw new LoadError(file, `${file}: cannot be compiled in ${tmpdir()}: ${code}. Make room there, or set TMPDIR`);
  }
}

/** Entries that take five 64-bit arguments, whatever the function's own types are, and room for `current`. */
function entries(found: readonly CHypercall[]): string {
  const arguments64 = 'unsigned long a0, unsigned long a1, unsigned long a2, unsigned long a3, unsigned long a4';
  const lines = [
    'struct { struct domain domain; char pad[4]; struct vcpu vcpu; } fauxen_vcpu __attribute__((aligned(8)));',
  ];
  for (const { name, parameters } of found) {
    const values = parameters.map(({ type }, index) =>
      type.startsWith('XEN_GUEST_HANDLE') ? `(${type}){ (void *)a${index} }` : `(${type})a${index}`,
    );
    lines.push(`long fauxen_entry_${name}(${arguments64}) { return do_${name}(${values.join(', ')}); }`);
  }
  return `${lines.join('\n')}\n`;
}

/** "file:line: reason" of the first error. */
function compilerMessage(file: string, stderr: string): string {
  const match = /^(.*?):(\d+):\d+: (?:fatal )?error: (.*)$/m.exec(stderr);
  if (match !== null) return `${match[1]}:${match[2]}: ${match[3]}`;
  const missing = /undefined symbol: (\S+)/.exec(stderr);
  return `${file}:1: ${missing === null ? stderr.trim().split('\n')[0] : `no such function in Fauxen's Xen: ${missing[1]}`}`;
}
