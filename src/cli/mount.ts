import { writeSync } from 'node:fs';
import { constants } from 'node:os';
import { resolve } from 'node:path';
import { ignoredSignals } from '../daemon/run/started-with.ts';
import type { MountOptions } from '../fuse/mount-options.ts';
import { say } from '../language/say.ts';
import { keepCode } from '../package/keep-code.ts';
import { type Command, CommandError, type OptionValues, text, texts, UsageError } from './command.ts';
import { hypervisorOptions, joinFrom, settingsFrom } from './hypervisor-options.ts';

export const mount: Command = {
  name: 'mount',
  usage: '[OPTION...] [DIR]',
  about: `Mounts the files of /proc/xen in DIR (default ./mount) and serves them until SIGINT, SIGTERM, SIGHUP or 'umount DIR'.
Programs reach it as DIR/privcmd, or see it as /proc/xen under 'fauxen run --at DIR'. Needs root.

--join OTHER shows a second domain of the hypervisor that 'fauxen mount OTHER' runs (domain N, started if it does not exist): two
domains side by side. It returns at once; 'umount DIR' removes it again, and so does the end of the other mount.`,
  options: {
    ...hypervisorOptions,
    join: {
      type: 'string',
      value: 'OTHER',
      help: 'show domain N (--domain) of the mount OTHER, without a hypervisor of its own',
    },
    background: { type: 'boolean', short: 'b', help: 'serve in the background, and return when the mount answers' },
    options: {
      type: 'string',
      short: 'o',
      multiple: true,
      value: 'OPT,...',
      help: 'as for mount(8): allow_other, default_permissions, fsname=, subtype=, max_read=, ro',
    },
  },

  async run(values, words) {
    if (words.length > 1)
      throw new UsageError(say('at most one directory may be given, not {count}', { count: words.length }));
    const other = text(values, 'join');
    if (other !== undefined) return joinOther(other, words[0], values);
    const directory = resolve(words[0] ?? 'mount');
    const settings = settingsFrom(values);
    const mountOptions = await mountOptionsFrom(texts(values, 'options'));
    if (values.background === true) {
      const { isInBackground, startInBackground } = await import('../daemon/mount/background.ts');
      if (!isInBackground()) {
        const status = await startInBackground();
        if (status === 0) writeSync(1, `fauxen: mounted ${directory}\n`);
        process.exit(status);
      }
    }
    const { Log } = await import('../daemon/log/log.ts');
    const { serveMount } = await import('../daemon/mount/serve-mount.ts');
    const { StartError } = await import('../daemon/main-thread/start-error.ts');
    const { MountError } = await import('../fuse/mount.ts');
    const log = new Log(settings.logLevel, settings.logFormat);
    const { signal } = stopSignals();
    try {
      const served = await serveMount({ directory, mountOptions, settings, log, signal });
      if (values.background === true) {
        await (await import('../daemon/mount/background.ts')).reportReady();
        log.silence();
      } else {
        announce(`fauxen: mounted ${directory}\n`);
      }
      const error = await Promise.race([aborted(signal), served.ended]);
      await served.unmount();
      if (error !== undefined) log.write('fatal', error);
      await log.flush();
      const status = error === undefined ? 0 : 1;
      keepCode();
      if (served.daemon.mayExit) served.daemon.exitAtOnce(status);
      return status;
    } catch (error) {
      await log.flush();

      if (error instanceof MountError) throw new CommandError(error.message);
      if (error instanceof StartError) throw new CommandError(error.message, error.status);
      throw error;
    }
  },
};

async function joinOther(other: string, word: string | undefined, values: OptionValues): Promise<number> {
  const request = joinFrom(values, '--join');
  if (request === undefined) throw new UsageError(say('--join needs --domain: which domain to show'));
  if (word === undefined) throw new UsageError(say('--join needs a directory of its own'));
  for (const name of ['background', 'options']) {
    if (values[name] !== undefined)
      throw new UsageError(say("--{option} belongs to the 'fauxen mount' that --join joins", { option: name }));
  }
  const { mountJoined } = await import('../daemon/mount/join-mount.ts');
  const { JoinError } = await import('../daemon/run/join-domain.ts');
  const { MountError } = await import('../fuse/mount.ts');
  try {
    mountJoined({ at: other, directory: word, request });
  } catch (error) {
    if (error instanceof MountError || error instanceof JoinError) throw new CommandError(error.message);
    throw error;
  }
  announce(`fauxen: mounted ${resolve(word)}\n`);
  return 0;
}

/** Aborts at the first termination signal; the reason is the exit status if that interrupts the start. Under nohup, SIGHUP is ignored. */
function stopSignals(): AbortController {
  const ignored = ignoredSignals();
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    const number = constants.signals[name];
    process.on(name, () => (ignored.includes(number) ? undefined : stop.abort(128 + number)));
  }
  return stop;
}

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}

async function mountOptionsFrom(given: string[]): Promise<MountOptions> {
  if (given.length === 0) return {};
  const { parseMountOptions } = await import('../fuse/mount-options.ts');
  try {
    return parseMountOptions(given.join(','));
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** Prints to stdout, which the parent process may have closed. */
function announce(text: string): void {
  try {
    writeSync(1, text);
  } catch {
    // The mount works without the message.
  }
}
