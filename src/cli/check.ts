import { existsSync } from 'node:fs';
import { say } from '../language/say.ts';
import { type Command, CommandError, text, UsageError } from './command.ts';

/** TypeScript files with only declarations, which cannot define hypercalls. */
const DECLARATIONS = /\.d\.[mc]?ts$/;

export const check: Command = {
  name: 'check',
  usage: 'FILE... [--xen VERSION]',
  about: `Checks hypercall files without running a program: TypeScript, C, patches against Xen, or a source tree of Xen, as --hypercalls
takes them. TypeScript is type-checked by the TypeScript that is installed where you are; C is compiled with the warnings
of Xen's build, which are errors; patches are applied in their order. Prints what would be in the hypercall table: number,
name, arguments, which guests have it (do or -), and the operations of Xen's own hypercalls.

The exit status is 0 if everything is fine, 1 if there are mistakes, and 2 for wrong use.`,
  options: {
    xen: { type: 'string', value: 'VERSION', help: 'the Xen release to check for: 3.2, or 4.0 to 4.22 (default 4.17)' },
  },

  async run(values, given) {
    const words = given.filter((word) => !DECLARATIONS.test(word)); // so that "check *.ts" works in a folder where `new` wrote fauxen.d.ts
    if (words.length === 0) throw new UsageError(say('no file given: fauxen check FILE...'));
    for (const word of words)
      if (!existsSync(word)) throw new UsageError(say('cannot read {word}: it does not exist', { word }));
    const { DEFAULT_XEN_VERSION, isXenVersion, loadAbi } = await import('../xen/abi/abi.ts');
    const version = text(values, 'xen') ?? DEFAULT_XEN_VERSION;
    if (!isXenVersion(version)) throw new UsageError(say('no Xen {version}', { version }));
    const { LoadError } = await import('../user-hypercalls/load.ts');
    const { checkFiles } = await import('../user-hypercalls/check/check-files.ts');
    const { tableText } = await import('../user-hypercalls/check/table-text.ts');
    const { writeAll } = await import('../daemon/log/write-all.ts');
    const abi = await loadAbi(version);
    const directory = process.cwd();
    try {
      const { loaded, mistakes, warnings, notes, types } = checkFiles(words, abi, directory);
      for (const each of notes) writeAll(2, `${say('note: {text}', { text: each })}\n`);
      for (const each of warnings) writeAll(2, `${say('warning: {warning}', { warning: each })}\n`);
      for (const each of mistakes) writeAll(2, `${say('error: {text}', { text: each })}\n`);
      const table = tableText(loaded, abi, directory);
      if (table !== '')
        writeAll(1, `${say('In the hypercall table of Xen {version}:', { version: abi.version })}\n\n${table}\n`);
      if (types !== undefined) writeAll(1, `TypeScript: ${types}\n`);
      const files = words.length === 1 ? say('1 file') : say('{count} files', { count: words.length });
      writeAll(1, `${say('{mistakes} in {files}.', { mistakes: mistakesText(mistakes.length), files })}\n`);
      return mistakes.length === 0 ? 0 : 1;
    } catch (error) {
      if (error instanceof LoadError) throw new CommandError(error.message);
      throw error;
    }
  },
};

function mistakesText(count: number): string {
  if (count === 0) return say('No mistakes');
  return count === 1 ? say('1 mistake') : say('{count} mistakes', { count });
}
