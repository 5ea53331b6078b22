import { existsSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import type { TraceRequest } from '../daemon/run/run-program.ts';
import type { TransportSetting } from '../daemon/run/start-program.ts';
import { say } from '../language/say.ts';
import { type Command, CommandError, type OptionValues, text, UsageError } from './command.ts';
import { hypervisorOptions, joinFrom, settingsFrom } from './hypervisor-options.ts';
import { programAdvice } from './program-advice.ts';
import { traceOptions, traceOptionsFrom } from './trace-options.ts';

export const run: Command = {
  name: 'run',
  usage: '[OPTION...] [--] PROGRAM [ARG...]',
  about: `Runs PROGRAM so that it sees /proc/xen and, as root, /dev/xen. The rest of /proc and /dev is the real one. Root is
not needed where user namespaces are allowed.

The exit status is PROGRAM's, 128+N if signal N ended it, 127 if it is not found, 126 if it cannot be executed, 125 if
Fauxen itself could not start or died, 2 for wrong usage. When PROGRAM ends, so does its Xen: processes that it left in the
background keep running, with the real /proc and without /proc/xen. With --toolstack they end too.

--toolstack gives PROGRAM what a dom0 has: all of /proc/xen and /dev/xen, /sys/hypervisor, a private /run, /var/lib/xen and
/var/log/xen, and Xen's own xenstored, xen-init-dom0 and xenconsoled, started before PROGRAM and ended after it. It needs
root and Xen's tools of any release (--tools); the hypervisor has their release unless --xen names another. Without
--toolstack and root there is only /proc/xen: no event channels, and so no xenstored. Within such a run, --at /proc/xen
--domain N puts a program into a guest beside dom0.`,
  options: {
    ...hypervisorOptions,
    at: {
      type: 'string',
      value: 'DIR',
      help: "share the hypervisor of a running 'fauxen mount DIR'; with --domain, in a domain of its own",
    },
    transport: {
      type: 'string',
      choices: ['auto', 'fuse', 'seccomp', 'seccomp-only'],
      help: 'transport of hypercalls: FUSE, or faster, seccomp notifications; seccomp-only needs no mount (default auto)',
    },
    door: {
      type: 'string',
      choices: ['auto', 'fuse', 'seccomp', 'seccomp-only'],
      help: 'the older name of --transport',
    },
    persona: {
      type: 'string',
      choices: ['dom0', 'pv', 'pvh', 'hvm'],
      help: 'what programs that detect Xen see there: /proc/xen, /sys/hypervisor, /sys/bus/xen and DMI (root)',
    },
    toolstack: { type: 'boolean', help: "a whole dom0 with Xen's own xenstored and xenconsoled, for xl (root)" },
    tools: {
      type: 'string',
      value: 'DIR|VERSION',
      help: 'which Xen tools: a directory, or a release such as 4.17 (default the newest installed)',
    },
    report: { type: 'string', value: 'FILE', help: 'write failures with their causes, and the ring, to FILE as JSON' },
    dmesg: { type: 'boolean', help: "print Xen's console ring to stderr at the end" },
    quiet: {
      type: 'boolean',
      short: 'q',
      help: 'no advice on stderr, before or after the program (or FAUXEN_QUIET=1)',
    },
    trace: { type: 'boolean', help: 'show each hypercall on stderr, as strace does; with it:' },
    'trace-file': { type: 'string', value: 'FILE', help: 'write the trace to FILE instead' },
    ...traceOptions,
  },
  stopsAtFirstWord: true,

  async run(values, command) {
    if (command.length === 0) throw new UsageError(say('no program given'));
    const at = text(values, 'at');
    advise(command, values);
    const settings = settingsFrom(values);
    const trace = traceFrom(values);
    const { RunError } = await import('../daemon/run/run-error.ts');
    const dmesg = values.dmesg === true;
    try {
      const transport = transportFrom(values);
      const wanted = text(values, 'tools');
      if (wanted !== undefined && values.toolstack !== true) throw new UsageError(say('--tools needs --toolstack'));
      if (settings.persona !== undefined && (at !== undefined || transport === 'seccomp-only'))
        throw new UsageError(say('--persona needs a mount of its own'));
      if (settings.persona !== undefined) (await import('../daemon/toolstack/persona.ts')).mustBeRoot();
      const toolstack = values.toolstack === true ? { wanted: toolsPath(wanted) } : undefined;
      if (at === undefined) {
        const { runProgram } = await import('../daemon/run/run-program.ts');
        return await runProgram({
          command,
          settings,
          dmesg,
          report: reportFrom(values),
          quiet: isQuiet(values),
          transport,
          toolstack,
          trace,
          takesOver: true,
        });
      }
      if (toolstack !== undefined)
        throw new UsageError(
          say(
            '--toolstack starts a hypervisor of its own and cannot join that of --at; a program within it can: --at /proc/xen',
          ),
        );
      if (values.report !== undefined)
        throw new UsageError(
          say('with --at, ask the running mount: fauxen explain --at {directory}', { directory: at }),
        );
      if (transport === 'seccomp' || transport === 'seccomp-only')
        throw new UsageError(
          say('--transport {transport}: the hypervisor that --at joins has the FUSE transport only', { transport }),
        );
      if (trace !== undefined)
        throw new UsageError(
          say('with --at, trace it from another terminal: fauxen trace --at {directory}', { directory: at }),
        );
      const { joinMount } = await import('../daemon/run/join-mount.ts');
      return await joinMount({ command, at: resolve(at), domain: joinFrom(values, '--at'), dmesg });
    } catch (error) {
      if (error instanceof RunError) throw new CommandError(error.message, error.status);
      throw error;
    }
  },
};

/** --quiet, or FAUXEN_QUIET=1 for scripts that cannot add an option. */
function isQuiet(values: OptionValues): boolean {
  return values.quiet === true || process.env.FAUXEN_QUIET === '1';
}

/** Warns about probable mistakes in the command line. Throws CommandError if the program cannot run. */
function advise(command: readonly string[], values: OptionValues): void {
  const { refusal, warnings } = programAdvice({
    command,
    options: Object.keys(run.options),
    hasDom0: values.toolstack === true || values.at !== undefined || existsSync('/proc/xen/xsd_port'),
    path: process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin',
  });
  if (refusal !== undefined) throw new CommandError(refusal.message, refusal.status);
  if (isQuiet(values)) return;
  for (const warning of warnings) writeSync(2, `fauxen: ${warning}\n`);
}

/** A release is kept as it is; anything else is a directory. */
function toolsPath(wanted: string | undefined): string | undefined {
  return wanted === undefined || /^\d+\.\d+$/.test(wanted) ? wanted : resolve(wanted);
}

/** The trace request. Throws UsageError for trace options without --trace. */
function traceFrom(values: OptionValues): TraceRequest | undefined {
  if (values.trace !== true) {
    const stray = ['trace-file', ...Object.keys(traceOptions)].find((name) => values[name] !== undefined);
    if (stray !== undefined) throw new UsageError(say('--{option} needs --trace', { option: stray }));
    return undefined;
  }
  const file = text(values, 'trace-file');
  return { options: traceOptionsFrom(values), ...(file !== undefined && { file: resolve(file) }) };
}

function reportFrom(values: OptionValues): string | undefined {
  const file = text(values, 'report');
  return file === undefined ? undefined : resolve(file);
}

function transportFrom(values: OptionValues): TransportSetting {
  const transport = text(values, 'transport') ?? text(values, 'door');
  return transport === 'fuse' || transport === 'seccomp' || transport === 'seccomp-only' ? transport : 'auto';
}
