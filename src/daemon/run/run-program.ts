// `fauxen run`: runs a program with its own hypervisor or that of a mount.

import type { FailureNote } from '../../explain/summary.ts';
import { say } from '../../language/say.ts';
import { keepCode } from '../../package/keep-code.ts';
import type { TraceOptions } from '../../trace/printer.ts';
import { Log } from '../log/log.ts';
import { printRing, printText } from '../log/print-ring.ts';

import { Daemon } from '../main-thread/daemon.ts';
import { StartError } from '../main-thread/start-error.ts';
import type { TraceReader } from '../main-thread/trace-reader.ts';
import { NO_MOUNT } from '../protocol/messages.ts';
import type { Settings } from '../protocol/settings.ts';
import type { Dom0, Dom0Options } from '../toolstack/dom0.ts';
import type { XenTools } from '../toolstack/find-tools.ts';
import { chooseMount, type MountChoice } from './choose-mount.ts';
import { containerAdvice } from './container-advice.ts';
import { Devices } from './devices.ts';
import { limitsWithoutMount } from './limits-without-mount.ts';
import { isInitialUserNamespace } from './privileges.ts';
import { adoptOrphans, reapOrphans } from './reap-orphans.ts';
import { releaseFor } from './release-for.ts';
import { ReportFile } from './report.ts';
import { RunError, statusOf, ViewRefused } from './run-error.ts';
import { SignalRelay } from './signal-relay.ts';
import { type ProgramOptions, prepareProgram, type StartedProgram, type TransportSetting } from './start-program.ts';
import { prependToPath, type StartedWith, startedWith } from './started-with.ts';

/** The CPU for the tools of a dom0: libvirt accepts none without the features that every real CPU has. */
const DOM0_CPU = 'amd-epyc';

/** The exit status if the program succeeded but its hypervisor had died. */
const HYPERVISOR_DIED = 125;

export interface TraceRequest {
  options: TraceOptions;
  /** Where the text goes; default stderr. */
  file?: string;
}

export interface ToolstackRequest {
  /** A directory or a release; undefined: the newest installed. */
  wanted?: string | undefined;
}

export interface RunOptions {
  /** Program and arguments. */
  command: string[];
  settings: Settings;
  /** Print the console ring to stderr at the end. */
  dmesg: boolean;
  /** File for a JSON report: failures and ring. */
  report?: string | undefined;
  /** Print no summary of failed calls at the end. */
  quiet?: boolean;
  trace?: TraceRequest | undefined;
  transport: TransportSetting;
  /** Give the program a whole dom0, with its daemons. */
  toolstack?: ToolstackRequest | undefined;
  /** This process only runs the program: it forwards signals, and may be re-executed in a user namespace. */
  takesOver: boolean;
}

/** Runs a program with its own hypervisor. Resolves to its exit status, or 128+N if signal N ended it. Throws RunError. */
export async function runProgram(options: RunOptions): Promise<number> {
  const started = startedWith(); // first, before files are opened here
  const { transport, takesOver, toolstack, settings } = options;
  const tools = toolstack && (await toolsFor(toolstack));
  const needsMount = tools !== undefined || settings.persona !== undefined;
  const { descriptors } = started;
  const run: Run = { options, started, tools, log: new Log(settings.logLevel, settings.logFormat) };
  const choice = await chooseMount({ transport, takesOver, needsMount, descriptors });
  if (options.report !== undefined) run.report = ReportFile.open(options.report);
  try {
    return await runBy(choice, run);
  } catch (error) {
    if (!(error instanceof ViewRefused)) throw error;
    if (needsMount || transport !== 'auto') throw new RunError(`${error.message}. ${containerAdvice(error.message)}`);
    return await runBy({ fuse: NO_MOUNT, reason: error.message }, run);
  }
}

interface Run {
  readonly options: RunOptions;
  readonly started: StartedWith;
  readonly tools: XenTools | undefined;
  readonly log: Log;
  report?: ReportFile;
  relay?: SignalRelay;
}

/** If the machine refuses the mounts, undoes everything and throws ViewRefused. */
async function runBy({ fuse, reason }: MountChoice, run: Run): Promise<number> {
  const { options, started, tools, log } = run;
  const reader = await openTrace(options.trace, options.settings);
  const settings = traced(await settingsFor(run), reader);
  const devices = fuse === NO_MOUNT ? undefined : Devices.hold();
  const view = fuse === NO_MOUNT ? undefined : { fuse, devices: devices?.kind, persona: settings.persona };
  const prepare = (shown: ProgramOptions['view']) =>
    prepareProgram({ command: options.command, started, view: shown, transport: options.transport, settings });
  let start: (() => StartedProgram) | undefined;
  const meanwhile = () => {
    if (tools === undefined) start = prepare(view);
  };
  const daemon = await serve(settings, fuse, log, meanwhile).catch((error) => {
    devices?.release();
    throw error;
  });
  try {
    const { environment } = started;
    const dom0 = tools && view && (await startDom0({ view, tools, environment, scenario: settings.scenario, log }));
    if (tools !== undefined) putOnPath(tools, run, settings);
    if (view === undefined && options.quiet !== true) printText(limitsWithoutMount(reason));
    const orphans = options.takesOver && view === undefined ? adoptOrphans() : undefined;
    const program = await begin(run, daemon, () => (start ?? prepare(dom0?.view ?? view))());
    void dom0?.startAgent(daemon);
    const status = await untilItEnds(program, daemon);
    orphans?.end(); // nobody would answer their calls
    await dom0?.end(); // before the daemon, for which its processes would wait
    const ring = await lastRing(options, daemon);
    program.left?.uncover();
    await daemon.stop();
    reader?.end();
    await report(run, daemon, status, ring);
    devices?.release();
    if (options.takesOver) keepCode();
    if (options.takesOver && daemon.mayExit) daemon.exitAtOnce(status);
    return status;
  } catch (error) {
    devices?.release();
    await daemon.stop();
    return statusOf(error);
  }
}

/** With the tools of a dom0, the settings that these need. */
async function settingsFor({ options: { settings }, tools, log }: Run): Promise<Settings> {
  return tools === undefined ? settings : await releaseFor(tools, { ...settings, cpuModel: DOM0_CPU }, log);
}

/** The tools may be outside the PATH, and Debian's wrappers run only those of the release that answers. */
function putOnPath(tools: XenTools, { options, started }: Run, { xenVersion }: Settings): void {
  const hasWrappers = tools.release === xenVersion && !options.toolstack?.wanted?.startsWith('/');
  if (!hasWrappers) prependToPath(started.environment, tools.path);
}

/** Starts the program, forwards signals to it, and has its hypercalls served. */
async function begin(run: Run, daemon: Daemon, start: () => StartedProgram): Promise<StartedProgram> {
  const { takesOver } = run.options;
  if (takesOver) run.relay ??= new SignalRelay(run.started.ignored);
  const program = start();
  const { child, seccomp, left, noListener } = program;
  left?.keep(); // first: the program may be starting background processes already
  run.relay?.to(child);
  if (run.relay !== undefined) run.relay.onEnding = () => daemon.hurry();
  if (takesOver) reapOrphans();
  if (seccomp !== undefined) await daemon.useSeccomp(seccomp);
  if (noListener !== undefined) run.log.write('info', `hypercalls come through FUSE: ${noListener}`);
  return program;
}

async function untilItEnds({ child }: StartedProgram, daemon: Daemon): Promise<number> {
  const status = await child.ended;
  return status === 0 && daemon.died ? HYPERVISOR_DIED : status;
}

/** The ring, if it is wanted. Prints it with --dmesg. */
async function lastRing({ dmesg, report }: RunOptions, daemon: Daemon): Promise<Uint8Array | undefined> {
  const ring = dmesg || report !== undefined ? await daemon.dmesg() : undefined;
  if (dmesg) printRing(ring);
  return ring;
}

/** Writes the report, and prints why calls failed. */
async function report(run: Run, daemon: Daemon, status: number, ring: Uint8Array | undefined): Promise<void> {
  const { settings, quiet } = run.options;
  run.report?.write({ status, ring, failures: daemon.failures });
  if (settings.explain) printText(daemon.explanations);
  else if (quiet !== true) printText(await summaryOf(daemon.failures, run.tools !== undefined));
  await run.log.flush();
}

/** Finds the tools for a dom0. Throws RunError. */
async function toolsFor({ wanted }: ToolstackRequest): Promise<XenTools> {
  const { findTools } = await import('../toolstack/find-tools.ts');
  const { tools, missing } = findTools(wanted);
  if (tools === undefined) {
    const { installAdvice } = await import('../toolstack/install-advice.ts');
    const what = wanted === undefined ? say("--toolstack needs Xen's own tools") : `--tools ${wanted}`;
    throw new RunError(`${what}: ${missing}.${wanted === undefined ? ` ${installAdvice()}` : ''}`);
  }
  if (process.getuid?.() !== 0 || !isInitialUserNamespace()) {
    throw new RunError(
      say('--toolstack needs root: without it there is no /dev/xen. Run it with sudo, or without --toolstack'),
    );
  }
  return tools;
}

async function openTrace(trace: TraceRequest | undefined, settings: Settings): Promise<TraceReader | undefined> {
  if (trace === undefined) return undefined;
  const { TraceReader } = await import('../main-thread/trace-reader.ts');
  try {
    return await TraceReader.open(trace.options, settings.xenVersion, trace.file);
  } catch (error) {
    throw new RunError(
      say('cannot write the trace: {error}', { error: error instanceof Error ? error.message : error }),
    );
  }
}

function traced(settings: Settings, reader: TraceReader | undefined): Settings {
  if (reader === undefined) return settings;
  return { ...settings, trace: { buffer: reader.buffer, verbosity: reader.verbosity } };
}

/** Resolves when the hypervisor thread is ready to read /dev/fuse. */
async function serve(settings: Settings, fuse: number, log: Log, meanwhile?: () => void): Promise<Daemon> {
  const daemon = new Daemon({ settings, fuse, log });
  try {
    meanwhile?.();
    await daemon.serving;
  } catch (error) {
    if (error instanceof StartError) throw new RunError(error.message, error.status === 2 ? 2 : 125);
    await daemon.stop();
    throw error;
  }
  void daemon.ended.then((error) => {
    if (error !== undefined) log.write('fatal', error);
    daemon.closeFuse(); // callers that wait for an answer get ENOTCONN
  });
  return daemon;
}

async function startDom0(options: Dom0Options): Promise<Dom0> {
  const { Dom0 } = await import('../toolstack/dom0.ts');
  try {
    return await Dom0.start(options);
  } catch (error) {
    throw new RunError(error instanceof Error ? error.message : String(error));
  }
}

/** Xen's own tools probe with calls that fail, and continue: these failures are not reported. */
async function summaryOf(failures: readonly FailureNote[], hasTools: boolean): Promise<string> {
  const reported = hasTools ? failures.filter(({ isOwn }) => isOwn) : failures;
  if (reported.length === 0) return '';
  const { failureSummary } = await import('../../explain/summary.ts');
  return failureSummary(reported, (await import('node:tty')).isatty(2));
}
