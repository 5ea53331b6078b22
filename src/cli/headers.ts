import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { say } from '../language/say.ts';
import { errorCode } from '../linux/system-error.ts';
import { type Command, CommandError, text, texts, UsageError } from './command.ts';

export const headers: Command = {
  name: 'headers',
  usage: 'DIR --hypercalls FILE...',
  about: `Writes C headers into DIR that add your hypercalls to <xen/xen.h>: their numbers as __HYPERVISOR_name and the structs of
their arguments, with assertions on sizes and offsets. Compile with 'gcc -I DIR': a program that includes <xen/xen.h>,
<xen/sys/privcmd.h> or <xenctrl.h> finds them, and everything of libxen-dev as before.`,
  options: {
    hypercalls: {
      type: 'string',
      multiple: true,
      value: 'FILE',
      help: 'file with hypercalls of your own (repeatable)',
    },
    xen: { type: 'string', value: 'VERSION', help: 'the Xen release of patches: 3.2, or 4.0 to 4.22 (default 4.17)' },
  },

  async run(values, words) {
    const [directory, ...more] = words;
    if (directory === undefined) throw new UsageError(say('no directory given for the headers'));
    const files = [...texts(values, 'hypercalls'), ...more];
    if (files.length === 0) throw new UsageError(say('no hypercall file given: --hypercalls FILE'));
    const { checkUnique, LoadError, loadGroups } = await import('../user-hypercalls/load.ts');
    const { DEFAULT_XEN_VERSION, isXenVersion, loadAbi } = await import('../xen/abi/abi.ts');
    const version = text(values, 'xen') ?? DEFAULT_XEN_VERSION;
    if (!isXenVersion(version)) throw new UsageError(`no Xen ${version}`);
    const { headerFiles } = await import('../user-hypercalls/header.ts');
    const { writeAll } = await import('../daemon/log/write-all.ts');
    try {
      const groups = loadGroups(files, await loadAbi(version));
      const hypercalls = groups.flatMap((group) => group.hypercalls);
      const operations = groups.flatMap((group) => group.operations);
      checkUnique(hypercalls, operations);
      for (const [path, content] of Object.entries(headerFiles(hypercalls, operations))) {
        const file = join(directory, path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, content);
      }
    } catch (error) {
      if (error instanceof LoadError || error instanceof TypeError) throw new CommandError(error.message);
      const code = errorCode(error);
      if (code !== undefined)
        throw new CommandError(
          say('cannot write headers into {directory}: {code}', { directory: resolve(directory), code }),
        );
      throw error;
    }
    writeAll(1, `Wrote ${join(directory, 'xen/xen.h')}. Compile with: gcc -I ${directory} ...\n`);
    return 0;
  },
};
