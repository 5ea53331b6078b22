import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { say } from '../../language/say.ts';
import { OwnFolder } from '../../linux/own-folder.ts';
import { errorCode } from '../../linux/system-error.ts';
import { dataFile } from '../../package/place.ts';
import { LoadError } from '../load-error.ts';
import { explainCompiler, floatingPoint } from './diagnostics.ts';
import type { CHypercall } from './parse.ts';
import { accessFunctions, rewriteModule, uncheckedFunctions } from './rewrite-module.ts';
import { serviceNames, structReaders } from './services.ts';
import { textHeader } from './text-header.ts';
import { xenHeaders } from './xen-headers.ts';

/** Fauxen's headers. */
export const include = dataFile('user-hypercalls/c/include');

/** Milliseconds that the compiler may take: on a busy machine it needs a hundred times its 0.3 s. */
export const COMPILER_TIMEOUT = 120_000;

/** Most bytes of memory for a module: below the lowest address of a linked program, so that a guest's pointer is never in it. */
const MAX_MEMORY = 4 * 1024 * 1024;

/** Stack size. The stack is at the lowest addresses, so that an overflow traps instead of overwriting variables. */
const STACK = 64 * 1024;

/** The options of Xen's own build (Config.mk, xen/Makefile), for WebAssembly with Xen's word size of 64 bits. */
const flags = [
  ...[
    '--target=wasm64',
    '-mcpu=mvp',
    '-mmutable-globals',
    '-O1',
    '-g',
    '-nostdlib',
    '-nostdinc',
    '-ffreestanding',
    '-fno-builtin',
    '-fno-common',
  ],
  ...['-std=gnu99', '-fno-strict-aliasing', '-fwrapv', '-fno-delete-null-pointer-checks'],
  ...['-Wall', '-Wstrict-prototypes', '-Wredundant-decls', '-Wdeclaration-after-statement', '-Wvla', '-Werror'],
  ...['-Wno-unused-but-set-variable', '-Wno-unused-local-typedef', '-Wno-pointer-arith', '-Wno-unused-value'],
  // All headers are always included, so a file's own definitions may clash with names from headers that it does not include.
  ...['-Wno-macro-redefined', '-Wno-tautological-compare', '-Wno-address-of-packed-member', '-Wno-psabi'],
  // Warnings that exist only in newer compilers.
  ...['-Wno-unknown-warning-option', '-Wno-deprecated-non-prototype'],
  '-ferror-limit=0',
];

/** Headers that Fauxen's own include if they exist, by name: what a patch adds to Xen's structs. */
export type AddedHeaders = Readonly<Record<string, string>>;

/** Compiles C as Xen's build would: a warning is an error there. Throws LoadError with file, line and reason. */
export function build(
  file: string,
  text: string,
  found: readonly CHypercall[],
  added: AddedHeaders = {},
): Uint8Array<ArrayBuffer> {
  // The user's text comes first, so that the compiler's line numbers are the user's, and its names come from -include.
  const whole = `#line 1 "${file}"\n${text}\n#line 1 "fauxen"\n#include "runtime.c"\n${entries(found)}`;
  return prepared(file, whole, added, (compiler, directory) => {
    const source = join(directory, basename(file).replace(/\W+/g, '_').concat('.c'));
    const output = join(directory, 'module.wasm');
    const symbols = join(directory, 'imports');
    scratch(file, () => {
      writeFileSync(source, whole);
      writeFileSync(symbols, serviceNames.join('\n'));
    });
    const exported = ['__stack_pointer', '__wasm_call_ctors', 'fauxen_memory_used'];
    exported.push(...structReaders, ...accessFunctions.values(), ...uncheckedFunctions);
    exported.push(...found.map(({ name }) => `fauxen_entry_${name}`));
    const result = spawnSync(
      'clang',
      [
        ...[...compiler, source, '-o', output],
        ...['-Wl,--no-entry', `-Wl,--allow-undefined-file=${symbols}`, `-Wl,--max-memory=${MAX_MEMORY}`],
        ...['-Wl,--stack-first', `-Wl,-z,stack-size=${STACK}`],
        ...exported.map((name) => `-Wl,--export=${name}`),
      ],
      { encoding: 'utf8', timeout: COMPILER_TIMEOUT },
    );
    if (errorCode(result.error) === 'ETIMEDOUT')
      throw new LoadError(
        file,
        `${file}: clang did not end within ${COMPILER_TIMEOUT / 1000} s: try again when the machine is less busy`,
      );
    if (result.error !== undefined || /unable to execute|wasm-ld.*(not found|No such)/.test(result.stderr ?? '')) {
      throw new LoadError(
        file,
        say('{file}: a hypercall in C needs clang and lld: apt-get install clang lld', { file }),
      );
    }
    if (result.status !== 0) {
      const mistakes = explainCompiler({ file, text, stderr: result.stderr, include });
      const more = mistakes.length > 1 ? say(' (and {count} more)', { count: mistakes.length - 1 }) : '';
      throw new LoadError(file, `${mistakes[0]}${more}`, { mistakes });
    }
    const { module, floating } = rewriteModule(new Uint8Array(readFileSync(output)));
    if (floating.length > 0) {
      const mistakes = [...new Set(floating.map((name) => floatingPoint(name, file, text)))];
      throw new LoadError(file, mistakes[0] ?? '', { mistakes });
    }
    return module;
  });
}

/** Calls a function with clang's arguments for a text, in a temporary folder that contains the headers it includes. */
export function prepared<T>(
  file: string,
  text: string,
  added: AddedHeaders,
  work: (compiler: string[], directory: string) => T,
): T {
  const folder = scratch(file, () => new OwnFolder(join(tmpdir(), 'fauxen-c-')));
  const directory = folder.path;
  try {
    scratch(file, () => {
      writeXenHeaders(directory, [text, ...Object.values(added)].join('\n'));
      for (const [name, contents] of Object.entries(added)) {
        mkdirSync(dirname(join(directory, name)), { recursive: true });
        writeFileSync(join(directory, name), contents);
      }
      writeFileSync(join(directory, 'fauxen-text.h'), textHeader(text));
    });
    const folders = ['-I', include, '-I', dirname(file), '-I', directory];
    return work([...flags, ...folders, '-include', 'fauxen.h', '-include', 'fauxen-text.h'], directory);
  } finally {
    folder.remove();
  }
}

/** Makes stubs of the Xen headers that the source includes; their contents always come from fauxen.h. */
function writeXenHeaders(directory: string, text: string): void {
  for (const [, header = ''] of text.matchAll(/^\s*#\s*include\s*[<"]([^>"]+)[>"]/gm)) {
    if (!xenHeaders.has(header) || existsSync(join(include, header))) continue;
    mkdirSync(dirname(join(directory, header)), { recursive: true });
    writeFileSync(join(directory, header), '');
  }
}

/** Calls a function with a temporary folder. Throws LoadError if that is full or not writable. */
function scratch<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = errorCode(error) ?? error;
    throw new LoadError(
      file,
      say('{file}: cannot be compiled in {directory}: {code}. Make room there, or set TMPDIR', {
        file,
        directory: tmpdir(),
        code,
      }),
    );
  }
}

/** Entry functions with six 64-bit arguments, which convert to the function's own types: integers, pointers, guest handles. */
function entries(found: readonly CHypercall[]): string {
  const arguments64 = Array.from({ length: 6 }, (_, index) => `unsigned long a${index}`).join(', ');
  const lines = found.map(({ name, parameters }) => {
    const values = parameters.map(
      ({ type }, index) => `({ union { unsigned long word; typeof(${type}) value; } u = { a${index} }; u.value; })`,
    );
    return `long fauxen_entry_${name}(${arguments64})
{
    long result;

    fauxen_enter();
    result = do_${name}(${values.join(', ')});
    fauxen_take_over();
    fauxen_tell_held("do_${name}");
    return result;
}`;
  });
  return `${lines.join('\n')}\n`;
}
