// `fauxen run`: runs a program with its own hypervisor or that of a mount.

import type { FailureNote } from '../../explain/summary.ts';
import { say } from '../../language/say.ts';
import { keepCode } from '../../package/keep-code.ts';
import type { TraceOptions } from '../../trace/printer.ts';
import { Log } from '../log/log.ts';
import { writeAll } from '../log/write-all.ts';
import { Daemon } from '../main-thread/daemon.ts';
import { StartError } from '../main-thread/start-error.ts';
import type { TraceReader } from '../main-thread/trace-reader.ts';
import type { JoinRequest } from '../protocol/join-request.ts';
import { NO_MOUNT } from '../protocol/messages.ts';
import type { Settings } from '../protocol/settings.ts';
import type { Dom0, Dom0Options } from '../toolstack/dom0.ts';
import type { XenTools } from '../toolstack/find-tools.ts';
import { containerAdvice } from './container-advice.ts';
import { Devices } from './devices.ts';
import { findWay, needMount, type Way } from './find-way.ts';
import { isRunningMount, JoinError, joinDomain } from './join-domain.ts';
import { limitsWithoutMount } from './limits-without-mount.ts';
import { isInitialUserNamespace } from './privileges.ts';
import { adoptOrphans, endOrphans, reapOrphans } from './reap-orphans.ts';
import { releaseFor } from './release-for.ts';
import { ReportFile } from './report.ts';
import { NotExecuted, RunError, ViewRefused } from './run-error.ts';
import { SignalRelay } from './signal-relay.ts';
import { prepareProgram, type StartedProgram, startProgram, type TransportSetting } from './start-program.ts';
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
  const way = await findWay({ transport, takesOver, needsMount, descriptors });
  if (options.report !== undefined) run.report = ReportFile.open(options.report);
  try {
    return await runBy(way, run);
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
async function runBy({ fuse, reason }: Way, run: Run): Promise<number> {
  const { options, started, tools, log } = run;
  const { command, transport, toolstack, takesOver } = options;
  const reader = await openTrace(options.trace, options.settings);
  const settings = traced(
    tools === undefined ? options.settings : await releaseFor(tools, { ...options.settings, cpuModel: DOM0_CPU }, log),
    reader,
  );
  const devices = fuse === NO_MOUNT ? undefined : Devices.hold();
  const view = fuse === NO_MOUNT ? undefined : { fuse, devices: devices?.kind, persona: settings.persona };
  let start: (() => StartedProgram) | undefined;
  const prepare = () => {
    start = prepareProgram({ command, started, view, transport });
  };
  const daemon = await serve(settings, fuse, log, tools ? undefined : prepare).catch((error) => {
    devices?.release();
    throw error;
  });
  try {
    const { environment } = started;
    const dom0 = tools && view && (await startDom0({ view, tools, environment, scenario: settings.scenario, log }));
    // The tools may be outside the PATH, and Debian's wrappers run only those of the release that answers.
    const hasWrappers = tools?.release === settings.xenVersion && !toolstack?.wanted?.startsWith('/');
    if (tools && !hasWrappers) prependToPath(environment, tools.path);
    if (view === undefined && options.quiet !== true) printText(limitsWithoutMount(reason));
    if (takesOver) run.relay ??= new SignalRelay(started.ignored);
    if (takesOver && view === undefined) adoptOrphans();
    start ??= prepareProgram({ command, started, view: dom0?.view ?? view, transport });
    const { child, opened, left, noListener } = start();
    run.relay?.to(child);
    left?.keep();
    if (run.relay !== undefined) run.relay.onEnding = () => daemon.hurry();
    if (takesOver) reapOrphans();
    if (opened !== undefined) await daemon.serveListener(opened.listener, opened.device);
    if (noListener !== undefined) log.write('info', `hypercalls come through FUSE: ${noListener}`);
    void dom0?.startAgent(daemon);
    const ended = await child.ended;
    const status = ended === 0 && daemon.died ? HYPERVISOR_DIED : ended;
    if (view === undefined) endOrphans(); // nobody would answer their calls
    await dom0?.end(); // before the daemon, for which its processes would wait
    const ring = options.dmesg || run.report !== undefined ? await daemon.dmesg() : undefined;
    if (options.dmesg) printRing(ring);
    left?.uncover();
    await daemon.stop();
    reader?.end();
    run.report?.write({ status, ring, failures: daemon.failures });
    if (settings.explain) printText(daemon.explanations);
    else if (options.quiet !== true) printText(await summaryOf(daemon.failures, tools !== undefined));
    await log.flush();
    devices?.release();
    if (takesOver) keepCode();
    if (takesOver && daemon.mayExit) daemon.exitAtOnce(status);
    return status;
  } catch (error) {
    devices?.release();
    await daemon.stop();
    return statusOf(error);
  }
}

export interface JoinOptions {
  command: string[];
  /** The directory of a running `fauxen mount`. */
  at: string;
  /** A domain other than the mount's own. */
  domain?: JoinRequest | undefined;
  dmesg: boolean;
}

/** Runs a program with the hypervisor of a running `fauxen mount`. Exit status as for runProgram. Throws RunError. */
export async function joinMount({ command, at, domain, dmesg }: JoinOptions): Promise<number> {
  const started = startedWith();
  if (!isRunningMount(at))
    throw new RunError(say('{directory} is not the directory of a running fauxen mount', { directory: at }));
  await needMount(started.descriptors);
  const devices = Devices.hold();
  try {
    const view = { at: viewOf(at, domain), devices: devices?.kind };
    const relay = new SignalRelay(started.ignored);
    const { child } = startProgram({ command, started, view, transport: 'fuse' });
    relay.to(child);
    reapOrphans();
    const status = await child.ended;
    const { readFile } = await import('node:fs/promises');
    if (dmesg) printRing(await readFile(`${at}/dmesg`).catch(() => undefined));
    return status;
  } catch (error) {
    return statusOf(error);
  } finally {
    devices?.release();
  }
}

/** Reports a program that cannot be executed, and returns the exit status. Throws other errors. */
function statusOf(error: unknown): number {
  if (!(error instanceof NotExecuted)) throw error;
  writeAll(2, `fauxen: ${error.message}\n`);
  return error.status;
}

function viewOf(at: string, domain: JoinRequest | undefined): string {
  if (domain === undefined) return at;
  try {
    return joinDomain(at, domain);
  } catch (error) {
    throw error instanceof JoinError ? new RunError(error.message) : error;
  }
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
  const told = hasTools ? failures.filter(({ isOwn }) => isOwn) : failures;
  if (told.length === 0) return '';
  const { failureSummary } = await import('../../explain/summary.ts');
  return failureSummary(told, (await import('node:tty')).isatty(2));
}

function printText(text: string): void {
  if (text !== '') printRing(new TextEncoder().encode(text));
}

/** Ignores write errors (a full disk, a closed pipe): they do not change the exit status. */
function printRing(ring: Uint8Array | undefined): void {
  const text =
    ring === undefined ? `fauxen: ${say('the hypervisor does not answer, so its ring cannot be shown')}\n` : ring;
  try {
    writeAll(2, text);
  } catch {
    // nowhere to report it
  }
}
