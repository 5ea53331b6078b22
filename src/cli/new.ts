import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { say } from '../language/say.ts';
import { errorCode } from '../linux/system-error.ts';
import { above } from '../user-hypercalls/check/above.ts';
import { type Command, CommandError, text, UsageError } from './command.ts';

/** The size of Xen's hypercall table (NR_hypercalls, public/xen.h): a real Xen would need a larger table for higher numbers. */
const TABLE_END = 64;

export const newFile: Command = {
  name: 'new',
  usage: 'hypercall NAME [--number N] [--dir DIR]',
  about: `Writes NAME.ts, a hypercall, and NAME.c, a program that calls it, and prints the commands to try. Both work unchanged and
pass 'fauxen check'. The number is the next one that neither Xen nor another file in the directory uses.

If the package fauxen is not installed, it also writes fauxen.d.ts, the types for editors and tsc, and a tsconfig.json if
there is none. If TypeScript's settings make a .ts file CommonJS, it writes NAME.mts.`,
  options: {
    number: { type: 'string', value: 'N', help: 'the number of the hypercall (default: the next free one)' },
    dir: { type: 'string', value: 'DIR', help: 'where to write (default: here)' },
  },

  async run(values, words) {
    const [kind, name, ...more] = words;
    if (kind !== 'hypercall' || name === undefined || more.length > 0)
      throw new UsageError(say('expected: hypercall NAME'));
    if (!/^[A-Za-z_]\w*$/.test(name))
      throw new UsageError(say("NAME is a C identifier such as hello_world, not '{name}'", { name }));
    const directory = text(values, 'dir') ?? '.';
    const { DEFAULT_XEN_VERSION, loadAbi } = await import('../xen/abi/abi.ts');
    const abi = await loadAbi(DEFAULT_XEN_VERSION);
    const taken = numbersIn(directory);
    const given = text(values, 'number');
    const number = given === undefined ? nextFree(abi.hypercalls, taken) : numberFrom(given);
    const { clientText, handlerText } = await import('../user-hypercalls/template.ts');
    const { lacksPackage, TYPES, writeEditorSettings } = await import('./editor-settings.ts');
    const { writeAll } = await import('../daemon/log/write-all.ts');
    const script = `${name}${isCommonJs(directory) ? '.mts' : '.ts'}`;
    const types = lacksPackage(directory) ? TYPES : undefined;
    create(join(directory, script), handlerText(name, number, types, writesCommonJs(directory)), [`${name}.c`]);
    create(join(directory, `${name}.c`), clientText(name, number));
    writeEditorSettings(directory);
    const own = Object.entries(abi.hypercalls).find(([, each]) => each === number)?.[0];
    for (const warning of warnings(name, number, own, abi.version, taken.get(number)))
      writeAll(2, `${say('warning: {warning}', { warning })}\n`);
    const path = (file: string) => join(directory, file);
    const client = directory === '.' ? `./${name}` : path(name);
    writeAll(
      1,
      `Wrote ${path(script)} (hypercall ${number}) and ${path(`${name}.c`)}. Try:

  gcc -o ${path(name)} ${path(`${name}.c`)}
  fauxen run --hypercalls ${path(script)} --dmesg -- ${client} 'hello, Xen'
  fauxen run --hypercalls ${path(script)} --trace --explain -- ${client} ''
`,
    );
    return 0;
  },
};

function warnings(name: string, number: number, own: string | undefined, version: string, other?: string): string[] {
  const found: string[] = [];
  if (own !== undefined) {
    found.push(
      say(
        '{number} is {own} of Xen {version}. While {name} is loaded, programs that call {own} get your handler; in a real Xen your handler would replace {own} in the table too',
        { number, own, version, name },
      ),
    );
  }
  if (other !== undefined)
    found.push(say('{other} also has the number {number}: they cannot be loaded together', { other, number }));
  if (number >= TABLE_END)
    found.push(
      say('the table of a real Xen ends at {last}: {number} works here only', { last: TABLE_END - 1, number }),
    );
  return found;
}

function nextFree(own: Readonly<Record<string, number>>, taken: ReadonlyMap<number, string>): number {
  const xens = new Set(Object.values(own));
  // Count up from Xen's last number below the architecture's block (48 to 55): new hypercalls would go there.
  const last = Math.max(...[...xens].filter((number) => number < 48));
  for (let number = last + 1; ; number += 1) if (!xens.has(number) && !taken.has(number)) return number;
}

/** The numbers that hypercall files in the directory declare, each with its file. */
function numbersIn(directory: string): Map<number, string> {
  const found = new Map<number, string>();
  if (!existsSync(directory))
    throw new CommandError(say('cannot write into {directory}: it does not exist', { directory: resolve(directory) }));
  for (const file of readdirSync(directory)) {
    if (!/\.[mc]?[tj]s$/.test(file)) continue;
    const source = readFileSync(join(directory, file), 'utf8');
    if (!source.includes('defineHypercall')) continue;
    for (const [, number = ''] of source.matchAll(/\bnumber:\s*(0x[\da-f]+|\d+)/gi)) found.set(Number(number), file);
  }
  return found;
}

function numberFrom(given: string): number {
  const number = /^(0x[\da-f]+|\d+)$/i.test(given) ? Number(given) : Number.NaN;
  if (!Number.isSafeInteger(number))
    throw new UsageError(say("--number takes a whole number from 0, not '{given}'", { given }));
  return number;
}

/** Writes a new file; fails if it or one of the files in `beside` exists. */
function create(path: string, content: string, beside: string[] = []): void {
  for (const other of beside) {
    const there = join(dirname(path), other);
    if (existsSync(there))
      throw new CommandError(say('{path} exists: choose another name, or remove it', { path: there }));
  }
  try {
    writeFileSync(path, content, { flag: 'wx' });
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EEXIST') throw new CommandError(say('{path} exists: choose another name, or remove it', { path }));
    throw new CommandError(say('cannot write {path}: {error}', { path, error: code ?? error }));
  }
}

/** Whether TypeScript refuses import and export in every file: its settings ask for CommonJS output and verbatimModuleSyntax. */
function writesCommonJs(directory: string): boolean {
  const [settings] = above(directory, 'tsconfig.json');
  const text = settings === undefined ? '' : readFileSync(settings, 'utf8').replace(/\/\/.*|\/\*[\s\S]*?\*\//g, '');
  return /"module"\s*:\s*"commonjs"/i.test(text) && /"verbatimModuleSyntax"\s*:\s*true/.test(text);
}

/**
 * Whether TypeScript may take a .ts file for CommonJS and refuse its import, as the settings of `tsc --init` do: an .mts file is always
 * a module.
 */
function isCommonJs(directory: string): boolean {
  if (writesCommonJs(directory)) return false;
  const [settings] = above(directory, 'tsconfig.json');
  if (settings === undefined || !/verbatimModuleSyntax|extends/.test(readFileSync(settings, 'utf8'))) return false;
  const [manifest] = above(directory, 'package.json');
  return manifest === undefined || !/"type"\s*:\s*"module"/.test(readFileSync(manifest, 'utf8'));
}
