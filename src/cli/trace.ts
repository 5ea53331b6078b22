import { closeSync, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from '../language/say.ts';
import { errorCode } from '../linux/system-error.ts';
import { type Command, CommandError, text, UsageError } from './command.ts';
import { traceOptions, traceOptionsFrom } from './trace-options.ts';

/** How often to poll the mount for new records. */
const INTERVAL_MS = 20;

export const trace: Command = {
  name: 'trace',
  usage: '[OPTION...] [--at DIR]',
  about: `Shows the hypercalls of a running 'fauxen mount DIR' (default ./mount), one line each, until it is interrupted or the
mount ends: time, process, program, domain, number, name, arguments, result, microseconds in the hypervisor.
For a program of your own: fauxen run --trace -- PROGRAM.`,
  options: {
    at: { type: 'string', value: 'DIR', help: "the directory of a running 'fauxen mount' (default ./mount)" },
    ...traceOptions,
    xen: { type: 'string', value: 'VERSION', help: "the mount's --xen, for the layout of structs (default 4.17)" },
  },

  async run(values, words) {
    if (words.length > 0) throw new UsageError(say("unexpected argument '{argument}'", { argument: words[0] }));
    const options = traceOptionsFrom(values);
    const { TracePrinter } = await import('../trace/printer.ts');
    const { DEFAULT_XEN_VERSION, isXenVersion, loadAbi } = await import('../xen/abi/abi.ts');
    const { writeAll } = await import('../daemon/log/write-all.ts');
    const version = text(values, 'xen') ?? DEFAULT_XEN_VERSION;
    if (!isXenVersion(version)) throw new UsageError(say('no Xen {version}', { version }));
    const printer = new TracePrinter(options, await loadAbi(version), (line) => writeAll(1, line));
    const descriptor = openHidden(text(values, 'at') ?? 'mount', options.verbosity > 0 ? 'trace-v' : 'trace');
    let isWanted = true;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => (isWanted = false));
    const piece = Buffer.allocUnsafeSlow(131072);
    while (isWanted) {
      const count = readSome(descriptor, piece);
      if (count < 0) break;
      if (count > 0) printer.push(piece.subarray(0, count));
      else await sleep(INTERVAL_MS);
    }
    // Print the records that arrived before the signal.
    for (let count = readSome(descriptor, piece); count > 0; count = readSome(descriptor, piece)) {
      printer.push(piece.subarray(0, count));
    }
    printer.end();
    closeSync(descriptor);
    return 0;
  },
};

/** Opens a file of the mount's hidden directory. Throws CommandError. */
export function openHidden(directory: string, name: string): number {
  const at = resolve(directory);
  try {
    return openSync(`${at}/.fauxen/${name}`, 'r');
  } catch (error) {
    const code = errorCode(error) ?? String(error);
    const advice =
      code === 'EACCES'
        ? say('Only root and the user who mounted it may')
        : say('Start it: fauxen mount {directory}; or name it: --at DIR', { directory });
    throw new CommandError(
      say('cannot open {directory}/.fauxen/{name}: {code}. {advice}.', { directory: at, name, code, advice }),
    );
  }
}

/** Returns the number of bytes read, or -1 if the mount is gone. */
function readSome(descriptor: number, into: Uint8Array): number {
  try {
    return readSync(descriptor, into);
  } catch {
    return -1;
  }
}
