import { readFileSync } from 'node:fs';
import type { UserHypercall } from '../define.ts';
import { LoadError } from '../load-error.ts';
import { build } from './build.ts';
import { moduleHypercalls } from './module.ts';
import { findHypercalls, findNumbers } from './parse.ts';
import { readPatch } from './patch.ts';

/** Loads the hypercalls of a C file in the style of Xen. Throws LoadError. */
export function loadC(file: string): UserHypercall[] {
  return compile(file, read(file), new Map());
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : error;
    throw new LoadError(file, `${file}: cannot be read: ${code}`);
  }
}

/** Loads the hypercalls that a unified diff adds to Xen. Throws LoadError. */
export function loadPatch(file: string): UserHypercall[] {
  const { hypercalls, source } = readPatch(read(file));
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

/** Most arguments that Xen passes to a hypercall. privcmd passes five of them: the sixth is 0 there. */
const MAX_C_ARGUMENTS = 6;

function compile(file: string, text: string, numbers: ReadonlyMap<string, number>): UserHypercall[] {
  const own = findNumbers(text);
  const all = findHypercalls(text);
  const numbered = all.flatMap((each) => {
    const number = numbers.get(each.name) ?? own.get(each.name);
    return number === undefined ? [] : [{ ...each, number, source: `${file}:${each.line}` }];
  });
  const [first] = all.filter(({ returns }) => !/\bstatic\b/.test(returns));
  if (numbered.length === 0) {
    // A function do_NAME without a number is a helper, unless there is no other.
    const reason =
      first === undefined
        ? `${file}:1: no hypercall: a function \`long do_NAME(…)\` is one`
        : `${file}:${first.line}: do_${first.name} has no number: add \`#define __HYPERVISOR_${first.name} 39\``;
    throw new LoadError(file, reason);
  }
  for (const { name, line, parameters, returns } of numbered) {
    const fail = (reason: string): never => {
      throw new LoadError(file, `${file}:${line}: ${reason}`);
    };
    if (parameters.length > MAX_C_ARGUMENTS)
      fail(`do_${name} takes ${parameters.length} arguments; Xen passes ${MAX_C_ARGUMENTS}, and privcmd 5 of them`);
    if (/\bstatic\b/.test(returns)) fail(`do_${name} is static, so that Xen's table of hypercalls cannot reach it`);
  }
  const module = build(file, text, numbered);
  try {
    return moduleHypercalls(module, numbered);
  } catch (error) {
    throw new LoadError(file, `${file}:1: cannot be run: ${error}`, { cause: error });
  }
}
