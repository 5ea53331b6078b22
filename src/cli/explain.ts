import { closeSync, readFileSync } from 'node:fs';
import { say } from '../language/say.ts';
import { type Command, CommandError, text, UsageError } from './command.ts';
import { openHidden } from './trace.ts';

export const explain: Command = {
  name: 'explain',
  usage: '[--last N] [--at DIR]',
  about: `Explains why the last hypercalls failed under a running 'fauxen mount DIR' (default ./mount): what the program asked, why it
failed, what Xen does, what to change. Also for calls that succeeded but went wrong: a guest pointer used without a
copy, output that the log level hides. For a program of your own: fauxen run --explain -- PROGRAM.`,
  options: {
    last: { type: 'string', short: 'n', value: 'N', help: 'how many failures, the latest last (default 5)' },
    at: { type: 'string', value: 'DIR', help: "the directory of a running 'fauxen mount' (default ./mount)" },
  },

  async run(values, words) {
    if (words.length > 0) throw new UsageError(say("unexpected argument '{argument}'", { argument: words[0] }));
    const last = text(values, 'last') ?? '5';
    if (!/^\d+$/.test(last)) throw new UsageError(say("--last takes a number, not '{text}'", { text: last }));
    const { writeAll } = await import('../daemon/log/write-all.ts');
    writeAll(1, lastOf(readHidden(text(values, 'at') ?? 'mount'), Number(last)));
    return 0;
  },
};

/** Returns the last `count` paragraphs. */
export function lastOf(explanations: string, count: number): string {
  const paragraphs = explanations.split('\n\n').filter((paragraph) => paragraph.trim() !== '');
  if (paragraphs.length === 0) return `${say('No hypercall has failed.')}\n`;
  return count === 0 ? '' : `${paragraphs.slice(-count).join('\n\n')}\n`;
}

function readHidden(directory: string): string {
  const descriptor = openHidden(directory, 'explain');
  try {
    return readFileSync(descriptor, 'utf8');
  } catch (error) {
    throw new CommandError(
      say('cannot read {directory}/.fauxen/explain: {error}', {
        directory,
        error: error instanceof Error ? error.message : error,
      }),
    );
  } finally {
    closeSync(descriptor);
  }
}
