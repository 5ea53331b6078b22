// Builds the hypervisor and the tree of files that exposes it, then blocks on /dev/fuse until it is unmounted or the main thread stops it.
// Nothing asynchronous runs here while it serves.

import { parentPort } from 'node:worker_threads';
import { Ptracer } from '../../caller/ptracer.ts';
import { speak } from '../../language/speak.ts';
import { endAllExaminations, showExaminationsIn } from '../../linux/process/examine.ts';
import { installWakeSignal } from '../../linux/signals.ts';
import { gettid } from '../../linux/thread.ts';
import { keepCode } from '../../package/keep-code.ts';
import { type Control, NO_MOUNT } from '../protocol/messages.ts';
import { WORD } from '../protocol/shared-words.ts';
import { Later } from '../transport/later.ts';
import type { Channels } from './channels.ts';
import { HypervisorService } from './hypervisor-service.ts';
import { describe, MainLink } from './main-link.ts';
import { NotedOutput } from './noted-output.ts';
import { StopServing } from './obey-commands.ts';
import { RunningCode } from './running-code.ts';
import { SeccompPrivcmd } from './seccomp-privcmd.ts';
import { throughMount } from './through-mount.ts';
import type { ServingParts, Transport } from './transport.ts';

type Start = Extract<Control, { kind: 'start' }>;

/** Serves the callers of this process, with the settings and channels of the main thread's first message. */
export async function serveCallers({ settings, fuse, port, words }: Start): Promise<void> {
  const link = new MainLink(port, settings.logLevel);
  const { report, log, store } = link;
  const code = new RunningCode(words);
  const later = new Later();
  const privcmd = new SeccompPrivcmd();
  const ptracer = new Ptracer(() => report({ kind: 'late' }));
  const loading = (file: string) => report({ kind: 'loading', file });
  const channels: Channels = { log, code, ptracer, loading, watch: privcmd.watch, store, later };

  showExaminationsIn(words.subarray(WORD.examining, WORD.awaitingStop + 1));
  let service: HypervisorService;
  let output: NotedOutput;
  try {
    await speak();
    installWakeSignal();
    report({ kind: 'starting', thread: gettid() });
    output = contain(link);
    service = await HypervisorService.start(settings, channels);
  } catch (error) {
    reportFailure(link, error);
    return;
  }

  const { schedule } = service;
  if (schedule.length > 0) report({ kind: 'schedule', schedule });
  const parts: ServingParts = { link, words, service, ptracer, later, privcmd, fuse, spin: settings.spin };
  const transport = fuse === NO_MOUNT ? await withoutMount(parts) : throughMount(parts);
  parentPort?.on('message', (control: Control) => {
    if (control.kind !== 'resume') return;
    serveAndReport(link, service, output, () => {
      endAllExaminations();
      service.cutOff(code.takeCutOff());
      Atomics.store(words, WORD.pending, 1); // the port may be only partly read
      transport.resume();
    });
  });
  serveAndReport(link, service, output, transport.begin);
}

/** The code for a run without a mount is loaded only then. */
async function withoutMount(parts: ServingParts): Promise<Transport> {
  return (await import('./without-mount.ts')).withoutMount(parts);
}

/** Serves until the loop ends, and reports the end. */
function serveAndReport(link: MainLink, service: HypervisorService, output: NotedOutput, work: () => void): void {
  let error: string | undefined;
  try {
    work();
  } catch (thrown) {
    if (!(thrown instanceof StopServing)) error = describe(thrown);
  }
  keepCode(); // now: the process may end as soon as the end is reported
  try {
    link.report({
      kind: 'ended',
      ring: service.dmesg(),
      explanations: service.explanations(),
      failures: service.failures(),
      printed: output.printed,
      ...(error && { error }),
    });
  } catch (thrown) {
    link.report({ kind: 'ended', error: error ?? describe(thrown) });
  }
  close(link);
}

/** There is no hypervisor: the user's settings are impossible, or something is wrong. */
function reportFailure(link: MainLink, error: unknown): void {
  const isUsersMistake = error instanceof Error && 'exitStatus' in error;
  const message = isUsersMistake ? error.message : `cannot start the hypervisor: ${describe(error)}`;
  link.report({ kind: 'failed', message, status: isUsersMistake ? Number(error.exitStatus) : 1 });
  link.report({ kind: 'ended', error: message });
  close(link);
}

function close(link: MainLink): void {
  link.close();
  parentPort?.close();
}

/** Keeps the user's code, which runs on this thread, from ending it; notes what it prints. */
function contain(link: MainLink): NotedOutput {
  process.exit = (status) => {
    throw new Error(`process.exit(${status ?? ''}) would end the hypervisor, and is refused`);
  };
  // A handler's unfinished timers and promises run only while the thread is in its event loop.
  process.on('uncaughtException', (error) =>
    link.log('error', `code that a hypercall left behind threw: ${describe(error)}`),
  );
  return new NotedOutput();
}
