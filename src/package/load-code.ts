import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { setKeeper } from './keep-code.ts';
import { KeptFile } from './kept-file.ts';

/** The built code is wrapped in a function with the parameters of a CommonJS module. */
type Code = (exports: object, require: NodeJS.Require, module: { exports: Exports }, url: string) => void;
interface Exports {
  parts: Record<string, () => unknown>;
}

/**
 * Starts a part (src/parts.ts) of the built code, and returns its exports. V8's compiled code is stored between starts. (Node's
 * module.enableCompileCache() does this too, but only from Node 22 on, and it trusts a cache that any user may have written.)
 */
export function loadCode(part: string, code: URL, require: NodeJS.Require): unknown {
  const filename = fileURLToPath(code);
  const source = readFileSync(filename, 'latin1'); // esbuild writes ASCII
  const hash = source.slice(source.lastIndexOf('//') + 2).trim();
  // Node's options change the code that V8 makes.
  const name = `${part}${variant(process.argv)}-${process.execArgv.length}-${process.version}`;
  const kept = new KeptFile(name, hash);
  const cachedData = kept.read();
  const script = new Script(source, { filename, ...(cachedData && { cachedData }) });
  if (cachedData === undefined || script.cachedDataRejected) {
    setKeeper(() => kept.write(script.createCachedData()));
  }
  const module: { exports: Exports } = { exports: { parts: {} } };
  const run = script.runInThisContext() as Code;
  run(module.exports, require, module, code.href);
  const start = module.exports.parts[part];
  if (start === undefined) throw new Error(`${filename} has no part ${part}`);
  return start();
}

/** Words of the command line that select code that other starts do not need. */
const VARIANTS = ['run', 'mount', '--toolstack', '--scenario', '--hypercalls'];

function variant(words: readonly string[]): string {
  return VARIANTS.filter((word) => words.includes(word))
    .map((word) => `-${word.replace('--', '')}`)
    .join('');
}
