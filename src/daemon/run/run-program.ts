import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { constants } from 'node:os';
import { type Duplex, Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { entryFile } from '../../package/place.ts';
import type { TraceOptions } from '../../trace/printer.ts';
import { Log } from '../log/log.ts';
import { Daemon, StartError } from '../main-thread/daemon.ts';
import type { TraceReader } from '../main-thread/trace-reader.ts';
import type { JoinRequest } from '../protocol/join-request.ts';
import type { LaunchPlan } from '../protocol/launch-plan.ts';
import type { Settings } from '../protocol/settings.ts';
import type { XenTools } from '../toolstack/find-tools.ts';
import type { NoDoor } from './door-handshake.ts';
import { IGNORED, ignoredSignals } from './ignored-signals.ts';
import { isRunningMount, JoinError, joinDomain } from './join-domain.ts';
import { becomeNamespaceRoot, isInitialUserNamespace, mayMount } from './privileges.ts';
import { relaySignals } from './signal-relay.ts';

/** The launcher finds /dev/fuse here. */
const LAUNCHER_FUSE = 3;
/** And here its end of the socket to this process. */
const LAUNCHER_DOOR = 4;
/** ... and here it writes what mount namespace it has made, with --toolstack. */
const LAUNCHER_REPORT = 5;

export interface TraceRequest {
  options: TraceOptions;
  /** Where the text goes; default stderr. */
  file?: string;
}

export interface ToolstackRequest {
  /** Which tools: a directory or a release; undefined is the newest there is. */
  wanted?: string | undefined;
}

export interface RunOptions {
  /** Program and arguments. */
  command: string[];
  settings: Settings;
  /** Print the console ring to stderr at the end. */
  dmesg: boolean;
  /** Trace the program's hypercalls. */
  trace?: TraceRequest | undefined;
  door: DoorSetting;
  /** Give the program a whole dom0, with its daemons. */
  toolstack?: ToolstackRequest | undefined;
  /**
   * This process is there for the program only: it may be replaced to become root of a user namespace, passes its signals on,
   * and may be ended.
   */
  takesOver: boolean;
}

/** How hypercalls come in: through FUSE, as seccomp notifications, or the latter where that can be had. */
export type DoorSetting = 'fuse' | 'seccomp' | 'auto';

/** Fauxen itself could not do what it was asked: exit status 125, unless `status` says otherwise. */
export class RunError extends Error {
  override readonly name = 'RunError';
  readonly status: number;
  constructor(message: string, status = 125) {
    super(message);
    this.status = status;
  }
}

/** Runs a program under a hypervisor of its own; its exit status, or 128+N if signal N ended it. */
export async function runProgram(options: RunOptions): Promise<number> {
  const { command, settings: given, dmesg, door, trace, takesOver, toolstack } = options;
  const tools = toolstack && (await toolsFor(toolstack));
  await needPrivileges(takesOver);
  const log = new Log(given.logLevel);
  const fuse = openFuse();
  const reader = await openTrace(trace, given);
  const settings: Settings = {
    ...(tools === undefined ? given : await releaseFor(tools, given, log)),
    ...(reader !== undefined && { trace: { buffer: reader.buffer, verbosity: reader.verbosity } }),
  };
  const plan: LaunchPlan = { command, fuse: LAUNCHER_FUSE, ...launchBasics() };
  if (door !== 'fuse') plan.door = LAUNCHER_DOOR;
  if (tools !== undefined) {
    const { scenario } = settings;
    // Those that are named need not be where programs are looked for.
    const path = toolstack?.wanted?.startsWith('/') ? tools.path : [];
    plan.toolstack = {
      report: LAUNCHER_REPORT,
      tools: { ...tools, path },
      ...(scenario !== undefined && { scenario }),
    };
  }
  const program = launch(plan, fuse);
  const report = launcherReport(program);
  const exit = exitStatus(program).finally(async () => {
    if (tools === undefined) return;
    // Before the daemon stops: they would wait for it.
    const { namespace, release } = await report;
    await (await import('../toolstack/end-namespace.ts')).endNamespace(namespace);
    release();
  });
  if (takesOver) relaySignals(program);
  const daemon = new Daemon({ settings, fuse, log });
  // It is needed at the end, and is loaded while the program starts.
  daemon.serving.then(() => import('../main-thread/end-process.ts')).catch(() => {});
  try {
    await Promise.race([daemon.serving, exit]);
  } catch (error) {
    program.kill('SIGKILL');
    await exit;
    if (error instanceof StartError) throw new RunError(error.message, error.status === 2 ? 2 : 125);
    throw error;
  }
  void daemon.ended.then((error) => {
    if (error !== undefined) log.write('fatal', error);
    closeSync(fuse); // whoever waits for an answer gets ENOTCONN
  });
  if (tools !== undefined) {
    void startAgent(program, daemon, await report, log).catch((error) => {
      if (program.exitCode === null && program.signalCode === null) log.write('warn', `guest agent: ${error}`);
    });
  }
  const noDoor = door === 'fuse' ? undefined : await openDoor(program, daemon, door);
  const status = await exit;
  if (noDoor?.ended) {
    await daemon.stop();
    throw new RunError(`--door ${door}: ${noDoor.why}. --door fuse needs no seccomp.`);
  }
  if (noDoor) log.write('info', `hypercalls come through FUSE: ${noDoor.why}`);
  if (dmesg) printRing(await daemon.dmesg());
  await daemon.stop();
  reader?.end();
  if (settings.explain && daemon.explanations !== '') printRing(new TextEncoder().encode(daemon.explanations));
  await log.flush();
  if (daemon.running) (await import('../../linux/io.ts')).closeInUse(fuse); // whoever waits for an answer gets ENOTCONN
  if (takesOver && daemon.running) (await import('../main-thread/end-process.ts')).endProcess(status);
  return status;
}

/** Guests answer `xl shutdown` through xenstore, which is reached in the program's own view of the machine. */
async function startAgent(program: ChildProcess, daemon: Daemon, { services }: Report, log: Log): Promise<void> {
  if (!services) return;
  const sayGone = () => {
    if (program.exitCode !== null || program.signalCode !== null) return; // this run is ending
    const effect = 'tools that wait for it may wait for ever, as on Xen, and what is asked of it fails';
    log.write('warn', `xenstored has ended: ${effect}. End this run and start another`);
  };
  const { GuestAgent } = await import('../toolstack/guest-agent.ts');
  await GuestAgent.start(`/proc/${program.pid}/root/run/xenstored/socket`, daemon, sayGone);
}

/** Lets the program start, with its hypercalls going to the daemon's second door if that can be had. */
async function openDoor(launcher: ChildProcess, daemon: Daemon, door: DoorSetting): Promise<NoDoor | undefined> {
  const { fetchDoor } = await import('./door-handshake.ts');
  const socket = launcher.stdio[LAUNCHER_DOOR] as Duplex; // launch() asked for a pipe there
  const hand = (listener: number, device: number) => daemon.openDoor(listener, device);
  return fetchDoor({ launcher, socket, hand, optional: door === 'auto' });
}

export interface JoinOptions {
  command: string[];
  /** The directory of a running `fauxen mount`. */
  at: string;
  /** Another domain than the mount's own. */
  domain?: JoinRequest | undefined;
  dmesg: boolean;
}

/** Runs a program that sees the hypervisor of a running `fauxen mount`; its exit status as runProgram's. */
export async function joinMount({ command, at, domain, dmesg }: JoinOptions): Promise<number> {
  if (!isRunningMount(at)) throw new RunError(`${at} is not the directory of a running fauxen mount`);
  await needPrivileges(true);
  const program = launch({ command, at: viewOf(at, domain), ...launchBasics() });
  relaySignals(program);
  const status = await exitStatus(program);
  if (dmesg) printRing(await readFile(`${at}/dmesg`).catch(() => undefined));
  return status;
}

function viewOf(at: string, domain: JoinRequest | undefined): string {
  if (domain === undefined) return at;
  try {
    return joinDomain(at, domain);
  } catch (error) {
    throw error instanceof JoinError ? new RunError(error.message) : error;
  }
}

/** The tools that make a dom0. Throws RunError. */
async function toolsFor({ wanted }: ToolstackRequest): Promise<XenTools> {
  const { findTools } = await import('../toolstack/find-tools.ts');
  const { tools, missing } = findTools(wanted);
  if (tools === undefined) {
    const { installAdvice } = await import('../toolstack/install-advice.ts');
    const what = wanted === undefined ? "--toolstack needs Xen's own tools" : `--tools ${wanted}`;
    throw new RunError(`${what}: ${missing}.${wanted === undefined ? ` ${installAdvice()}` : ''}`);
  }
  if (process.getuid?.() !== 0 || !isInitialUserNamespace()) {
    throw new RunError(
      '--toolstack needs root: without it there is no /dev/xen. Run it with sudo, or without --toolstack',
    );
  }
  return tools;
}

/** The Xen that answers is of the tools' own release: others refuse to work with it. */
async function releaseFor({ release }: XenTools, settings: Settings, log: Log): Promise<Settings> {
  if (release === undefined) return settings;
  if (settings.xenVersion !== undefined) {
    if (settings.xenVersion !== release && !settings.anyInterfaceVersion) {
      const effect = 'they may refuse to work. Leave --xen out, or add --any-interface-version';
      log.write('warn', `the tools are of Xen ${release} and Xen ${settings.xenVersion} answers: ${effect}`);
    }
    return settings;
  }
  const { isXenVersion, xenVersions } = await import('../../xen/abi/abi.ts');
  if (isXenVersion(release)) return { ...settings, xenVersion: release };
  const newest = xenVersions.at(-1);
  log.write('warn', `the tools are of Xen ${release}, which Fauxen does not know: Xen ${newest} answers (--xen)`);
  return { ...settings, anyInterfaceVersion: true, ...(newest !== undefined && { xenVersion: newest }) };
}

/** Throws RunError. */
async function openTrace(trace: TraceRequest | undefined, settings: Settings): Promise<TraceReader | undefined> {
  if (trace === undefined) return undefined;
  const { TraceReader } = await import('../main-thread/trace-reader.ts');
  try {
    return await TraceReader.open(trace.options, settings.xenVersion, trace.file);
  } catch (error) {
    throw new RunError(`cannot write the trace: ${error instanceof Error ? error.message : error}`);
  }
}

async function needPrivileges(takesOver: boolean): Promise<void> {
  if (mayMount()) return;
  if (!takesOver) throw new RunError('cannot mount. Run as root, or inside unshare --user --map-root-user --mount');
  try {
    await becomeNamespaceRoot();
  } catch (error) {
    throw new RunError(error instanceof Error ? error.message : String(error));
  }
}

function openFuse(): number {
  try {
    return openSync('/dev/fuse', 'r+');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const advice =
      code === 'ENOENT' ? 'Run: modprobe fuse' : "Run as root, or chmod 666 /dev/fuse (the distributions' default)";
    throw new RunError(`cannot open /dev/fuse: ${code}. ${advice}.`);
  }
}

function launchBasics(): Omit<LaunchPlan, 'command'> {
  return {
    devices: isInitialUserNamespace(),
    shell: process.ppid,
    dieWithParent: process.pid,
    ignored: ignoredSignals(),
  };
}

function launch(plan: LaunchPlan, fuse?: number): ChildProcess {
  const script = fileURLToPath(entryFile('daemon/run/launcher'));
  const { [IGNORED]: _, ...env } = process.env; // the plan has it
  return spawn(process.execPath, [...process.execArgv, script, JSON.stringify(plan)], {
    env,
    stdio: [
      ...(['inherit', 'inherit', 'inherit'] as const),
      fuse ?? 'ignore',
      plan.door === undefined ? 'ignore' : 'pipe',
      plan.toolstack === undefined ? 'ignore' : 'pipe',
    ],
  });
}

interface Report {
  /** The private view's mount namespace; empty if the launcher did not come that far. */
  namespace: string;
  /** Dom0's daemons run. */
  services: boolean;
  /** The namespace is of no more interest. Until then its number, which is all that processes show of it, means no other. */
  release(): void;
}

/** What the launcher wrote before it became the program: first the namespace, at last a newline. */
async function launcherReport(program: ChildProcess): Promise<Report> {
  const report: Report = { namespace: '', services: false, release() {} };
  const pipe: unknown = program.stdio.at(LAUNCHER_REPORT); // Node's type knows five of them
  if (!(pipe instanceof Readable)) return report;
  for await (const chunk of pipe) {
    const text = String(chunk);
    if (report.namespace === '') {
      report.namespace = text.trim();
      const held = openSync(`/proc/${program.pid}/ns/mnt`, 'r'); // the launcher, which is at it
      const { startKeeper } = await import('../toolstack/keeper.ts');
      const dismissKeeper = startKeeper(report.namespace, held);
      report.release = () => {
        dismissKeeper();
        closeSync(held);
      };
    }
    report.services ||= text.endsWith('\n');
  }
  return report;
}

function exitStatus(program: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    program.on('error', (error) => reject(new RunError(`cannot start the launcher: ${error.message}`)));
    program.on('exit', (status, signal) => resolve(status ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
}

function printRing(ring: Uint8Array | undefined): void {
  if (ring === undefined) writeSync(2, 'fauxen: the hypervisor does not answer, so its ring cannot be shown\n');
  else for (let done = 0; done < ring.length; ) done += writeSync(2, ring, done);
}
