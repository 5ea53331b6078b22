import { say } from '../../language/say.ts';
import type { Abi } from '../../xen/abi/abi.ts';
import type { UserHypercall } from '../define.ts';
import { LoadError } from '../load-error.ts';
import { releaseNumbers } from '../patch/release-numbers.ts';
import { readSource } from '../read-source.ts';
import type { UserOperation } from '../user-operation.ts';
import { blank } from './blank.ts';
import { build } from './build.ts';
import { type CFunction, type Inspection, inspect } from './functions.ts';
import { moduleHypercalls } from './module.ts';
import { describeOperation, type NumberedCommand, numberedCommands, userOperation } from './operations.ts';
import { parameterStructs } from './parameter-structs.ts';
import { inRows, structLayouts } from './struct-layouts.ts';

/**
 * Loads the hypercalls of a C file in the style of Xen, and its additional commands of Xen's hypercalls, for a release. Throws LoadError.
 */
export function loadC(file: string, abi?: Abi): { hypercalls: UserHypercall[]; operations: UserOperation[] } {
  const own = readSource(file);
  const release = abi === undefined ? new Map<string, number>() : releaseNumbers(abi);
  const text = `${releaseDefines(release)}#line 1 "${file}"\n${own}`;
  const commands = numberedCommands(own);
  const inspection = inspectNumbered(file, own, text, release, commands);
  const found = numberedFunctions(file, text, inspection);
  const operations = describedOperations(file, text, inspection, commands);
  if (found.length === 0 && operations.length === 0)
    throw new LoadError(file, noHypercall(file, text, inspection.functions));
  for (const each of found) checkArgumentCount(file, each);
  const all = [...found, ...operations.map(({ entry }) => entry)];
  const module = build(file, text + operations.map((each) => each.text).join(''), all);
  try {
    const compiled = moduleHypercalls(module, all);
    const code = blank(text);
    const structs = found.map(({ name, parameters }) => parameterStructs(parameters, bodyOf(`do_${name}`, code)));
    const layouts = structLayouts(file, text, [...operations.map(({ takes }) => takes), ...structs.flat()]);
    const ofHypercalls = inRows(layouts.slice(operations.length), structs);
    return {
      hypercalls: compiled.slice(0, found.length).map((each, index) => ({ ...each, structs: ofHypercalls[index] })),
      operations: operations.map(
        (each, index) => userOperation(each, compiled[found.length + index] as UserHypercall, layouts[index]), // one for each
      ),
    };
  } catch (error) {
    throw new LoadError(file, say('{file}:1: cannot be run: {error}', { file, error }), { cause: error });
  }
}

/** The compiler's view of the file: its functions, and the values of the numbers that it and the release define. Throws LoadError. */
function inspectNumbered(
  file: string,
  own: string,
  text: string,
  release: ReadonlyMap<string, number>,
  commands: readonly NumberedCommand[],
): Inspection {
  const defined = [...own.matchAll(/^\s*#\s*define\s+(__HYPERVISOR_\w+)/gm)].map(([, name = '']) => name);
  const ofRelease = [...release.keys()].filter((name) => name.startsWith('__HYPERVISOR_'));
  const macros = [...new Set([...defined, ...ofRelease]), ...commands.map(({ macro }) => macro)];
  const inspection = inspect(file, text, macros, ['do_', ...commands.map(({ symbol }) => symbol)]);
  if (inspection !== undefined) return inspection;
  build(file, text, []); // throws the compiler's error
  throw new LoadError(file, say('{file}:1: the compiler refuses it, but does not say why', { file }));
}

/** The functions that are hypercalls. A helper function whose name begins with do_ is none: it has no number. */
function numberedFunctions(file: string, text: string, { functions, values }: Inspection) {
  return functions.flatMap(({ name: symbol, isStatic, returns, parameters, offset }) => {
    const name = symbol.replace(/^do_/, '');
    const number = values.get(`__HYPERVISOR_${name}`) ?? values.get(`__HYPERVISOR_${symbol}`);
    if (!symbol.startsWith('do_') || isStatic || number === undefined) return [];
    const line = lineAt(text, offset);
    return [{ name, number, returns, parameters: [...parameters], line, source: `${file}:${line}` }];
  });
}

/** The file's commands of Xen's hypercalls that have a number and a function. Throws LoadError. */
function describedOperations(
  file: string,
  text: string,
  { functions, values }: Inspection,
  commands: readonly NumberedCommand[],
) {
  return commands.flatMap((command, index) => {
    const number = values.get(command.macro);
    const handler = functions.find(({ name }) => name === command.symbol);
    if (number === undefined || handler === undefined) return [];
    const line = lineAt(text, handler.offset);
    const source = `${file}:${line}`;
    const fail = (reason: string): never => {
      throw new LoadError(file, `${source}: ${reason}`);
    };
    return [describeOperation(command, handler, { index, number, line, source }, fail)];
  });
}

function checkArgumentCount(
  file: string,
  { name, parameters, source }: ReturnType<typeof numberedFunctions>[number],
): void {
  if (parameters.length <= MOST_ARGUMENTS) return;
  throw new LoadError(
    file,
    say('{source}: do_{name} takes {count} arguments; Xen passes {most} at most', {
      source,
      name,
      count: parameters.length,
      most: MOST_ARGUMENTS,
    }),
  );
}

/** The definition of a function, in a text without comments. */
function bodyOf(name: string, code: string): string {
  return new RegExp(`\\b${name}\\s*\\([^;{]*\\{[\\s\\S]*?^\\}`, 'm').exec(code)?.[0] ?? '';
}

/** Xen passes six registers; a caller of privcmd fills five of them. */
const MOST_ARGUMENTS = 6;

/** The release's numbers as its public headers have them. */
function releaseDefines(numbers: ReadonlyMap<string, number>): string {
  const defines = [...numbers].map(([name, number]) => `#define ${name} ${number}\n`);
  return `#ifndef __HYPERVISOR_set_trap_table\n${defines.join('')}#endif\n`;
}

function noHypercall(file: string, text: string, functions: readonly CFunction[]): string {
  const named = functions.find(({ name, isStatic }) => name.startsWith('do_') && !isStatic) ?? functions[0];
  if (named === undefined) return say(`{file}:1: no hypercall found: define a function \`long do_NAME(…)\``, { file });
  const name = named.name.replace(/^do_/, '');
  const where = `${file}:${lineAt(text, named.offset)}`;
  if (named.isStatic)
    return say(`{where}: {name} is static, so Xen's table cannot name it: remove "static"`, {
      where,
      name: named.name,
    });
  return say(`{where}: do_{name} has no number: add \`#define __HYPERVISOR_{name} 39\``, { where, name });
}

/** The line in the user's file of an offset in the text for the compiler. */
function lineAt(text: string, offset: number): number {
  const before = Buffer.from(text).subarray(0, offset).toString();
  const mark = before.lastIndexOf('#line 1 ');
  return before.slice(mark).split('\n').length - 1;
}
