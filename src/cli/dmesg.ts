import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { say } from '../language/say.ts';
import { errorCode } from '../linux/system-error.ts';
import { type Command, CommandError, text, UsageError } from './command.ts';
import { openHidden } from './trace.ts';

/** How often --follow looks for new lines. Across FUSE only poll(2) reports them, which Node does not offer. */
const INTERVAL_MS = 20;

export const dmesg: Command = {
  name: 'dmesg',
  usage: '[--follow] [--clear] [--at DIR]',
  about: `Prints Xen's console ring, as 'xl dmesg' does, but needs no tools of Xen and works with every release (--xen). It reads that of a
running 'fauxen mount DIR' (default ./mount), or under 'fauxen run' that of its own hypervisor.`,
  options: {
    follow: { type: 'boolean', short: 'f', help: 'keep printing new lines until interrupted' },
    clear: { type: 'boolean', short: 'c', help: "clear what was printed, as 'xl dmesg -c' does" },
    at: {
      type: 'string',
      value: 'DIR',
      help: "the directory of a running 'fauxen mount' (default ./mount, or /proc/xen)",
    },
  },

  async run(values, words) {
    if (words.length > 0) throw new UsageError(say("unexpected argument '{argument}'", { argument: words[0] }));
    const { writeAll } = await import('../daemon/log/write-all.ts');
    const directory = text(values, 'at') ?? (existsSync('mount/dmesg') || !existsSync(OWN) ? 'mount' : '/proc/xen');
    const descriptor = values.clear === true ? openHidden(directory, 'dmesg-clear') : openRing(directory);
    let isWanted = true;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => (isWanted = false));
    const piece = Buffer.allocUnsafeSlow(65536);
    try {
      while (isWanted) {
        const count = readSync(descriptor, piece);
        if (count > 0) writeAll(1, piece.subarray(0, count));
        else if (values.follow !== true) break;
        else await setTimeout(INTERVAL_MS);
      }
    } catch (error) {
      const code = errorCode(error) ?? String(error);
      // The mount has ended, or the reader of the output, such as `head`, has ended.
      if (code === 'EPIPE' || (values.follow === true && GONE.includes(code))) return 0;
      throw new CommandError(
        say('cannot read the console ring of {directory}: {code}', { directory: resolve(directory), code }),
      );
    } finally {
      closeSync(descriptor);
    }
    return 0;
  },
};

/** Under `fauxen run`. */
const OWN = '/proc/xen/dmesg';

/** Errors of a read from a mount that has ended. */
const GONE = ['ENOTCONN', 'ECONNABORTED', 'EIO', 'ENODEV'];

function openRing(directory: string): number {
  const file = `${resolve(directory)}/dmesg`;
  try {
    return openSync(file, 'r');
  } catch (error) {
    const code = errorCode(error) ?? String(error);
    throw new CommandError(
      say('cannot open {file}: {code}. Start it: fauxen mount {directory}; or name it: --at DIR.', {
        file,
        code,
        directory,
      }),
    );
  }
}
