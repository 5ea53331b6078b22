import { readFileSync } from 'node:fs';
import type { Abi } from '../../xen/abi/abi.ts';
import type { UserHypercall } from '../define.ts';
import { LoadError } from '../load-error.ts';
import { build } from './build.ts';
import { type CFunction, inspect } from './functions.ts';
import { moduleHypercalls } from './module.ts';

/** Loads the hypercalls of a C file in the style of Xen, for a release. Throws LoadError. */
export function loadC(file: string, abi?: Abi): UserHypercall[] {
  const own = readSource(file);
  const names = [...own.matchAll(/^\s*#\s*define\s+__HYPERVISOR_(\w+)/gm)].map(([, name = '']) => name);
  const release = abi?.hypercalls ?? {};
  const text = `${releaseNumbers(release)}#line 1 "${file}"\n${own}`;
  const macros = [...new Set([...names, ...Object.keys(release)])].map((name) => `__HYPERVISOR_${name}`);
  const inspection = inspect(file, text, macros);
  if (inspection === undefined) {
    build(file, text, []); // it says what is wrong
    throw new LoadError(file, `${file}:1: the compiler refuses it, but does not say why`);
  }
  const { functions, values } = inspection;
  const found = functions.flatMap(({ name: symbol, isStatic, returns, parameters, offset }) => {
    const name = symbol.replace(/^do_/, '');
    // A helper whose name begins with do_ is no hypercall: it has no number.
    const number = values.get(`__HYPERVISOR_${name}`) ?? values.get(`__HYPERVISOR_${symbol}`);
    if (!symbol.startsWith('do_') || isStatic || number === undefined) return [];
    const line = lineAt(text, offset);
    return [{ name, number, returns, parameters: [...parameters], line, source: `${file}:${line}` }];
  });
  if (found.length === 0) throw new LoadError(file, noHypercall(file, text, functions));
  for (const { name, parameters, source } of found) {
    if (parameters.length > MOST_ARGUMENTS)
      throw new LoadError(
        file,
        `${source}: do_${name} takes ${parameters.length} arguments; Xen passes ${MOST_ARGUMENTS} at most`,
      );
  }
  const module = build(file, text, found);
  try {
    return moduleHypercalls(module, found);
  } catch (error) {
    throw new LoadError(file, `${file}:1: cannot be run: ${error}`, { cause: error });
  }
}

/** Throws LoadError for a file that cannot be read. */
export function readSource(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : error;
    throw new LoadError(file, `${file}: cannot be read: ${code}`);
  }
}

/** Xen passes six registers, of which a caller of privcmd fills five. */
const MOST_ARGUMENTS = 6;

/** The release's numbers as its public/xen.h has them. */
function releaseNumbers(hypercalls: Abi['hypercalls']): string {
  const defines = Object.entries(hypercalls).map(([name, number]) => `#define __HYPERVISOR_${name} ${number}\n`);
  return `#ifndef __HYPERVISOR_set_trap_table\n${defines.join('')}#endif\n`;
}

function noHypercall(file: string, text: string, functions: readonly CFunction[]): string {
  const named = functions.find(({ name, isStatic }) => name.startsWith('do_') && !isStatic) ?? functions[0];
  if (named === undefined) return `${file}:1: no hypercall: a function \`long do_NAME(…)\` is one`;
  const name = named.name.replace(/^do_/, '');
  const where = `${file}:${lineAt(text, named.offset)}`;
  if (named.isStatic) return `${where}: ${named.name} is static, so Xen's table could not name it: take "static" away`;
  return `${where}: do_${name} has no number: add \`#define __HYPERVISOR_${name} 39\``;
}

/** The line in the user's file of an offset in the text for the compiler. */
function lineAt(text: string, offset: number): number {
  const before = Buffer.from(text).subarray(0, offset).toString();
  const mark = before.lastIndexOf('#line 1 ');
  return before.slice(mark).split('\n').length - 1;
}
