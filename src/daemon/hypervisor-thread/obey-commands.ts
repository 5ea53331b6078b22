import type { Ptracer } from '../../caller/ptracer.ts';
import type { Answer, Command, Numbered } from '../protocol/messages.ts';
import { WORD } from '../protocol/shared-words.ts';
import type { HypervisorService } from './hypervisor-service.ts';
import { describe, type MainLink } from './main-link.ts';

/** How long the main thread's commands may keep callers waiting. */
const TURN_MS = 5;

/** Thrown through the loop to end it. */
export class StopServing extends Error {}

/** What the main thread's commands need from the way in which requests come. */
export interface CommandedTransport {
  /** Starts serving a seccomp listener, or waits for busy processes. `device`: the mount's device number, if there is a mount. */
  listen(listener: number | undefined, device: number): void;
  /** Serves FUSE requests that the watchdog took. */
  handle(messages: readonly Uint8Array[]): void;
}

/** What obeys. */
export interface Commanded {
  readonly link: MainLink;
  readonly words: Int32Array;
  readonly service: HypervisorService;
  readonly transport: CommandedTransport;
  readonly ptracer: Ptracer;
}

/**
 * Answers the commands that the main thread has sent. Throws StopServing. After some time it leaves the rest for the next time,
 * so that callers are served in between.
 */
export function obeyCommands(commanded: Commanded): void {
  const { link, words } = commanded;
  Atomics.store(words, WORD.pending, 0);
  const end = performance.now() + TURN_MS;
  for (let command = link.next(); command !== undefined; command = link.next()) {
    answer(command, commanded);
    if (performance.now() < end) continue;
    Atomics.store(words, WORD.pending, 1);
    return;
  }
}

/** Answers a command. A failed command does not end the hypervisor. */
function answer({ id, ...command }: Numbered, commanded: Commanded): void {
  const { link } = commanded;
  let value: Answer;
  try {
    value = obey(command, commanded);
  } catch (error) {
    if (error instanceof StopServing) throw error;
    link.log('error', `${command.kind}: ${describe(error)}`);
  } finally {
    link.report({ kind: 'answer', id, value });
  }
}

/** The answer to a command. */
function obey(command: Command, { service, transport, ptracer }: Commanded): Answer {
  switch (command.kind) {
    case 'stop':
      throw new StopServing();
    case 'reload':
      service.reload(command.file);
      return undefined;
    case 'dmesg':
      return service.dmesg();
    case 'guest':
      service.orderGuest(command.domain, command.order);
      return undefined;
    case 'rings':
      return service.shareRings(command.domain, command.count);
    case 'interfaces':
      service.showInterfaces(command.interfaces);
      return undefined;
    case 'release':
      return ptracer.releaseLate() > 0;
    case 'runs':
      return service.guestRuns(command.domain);
    case 'store':
      service.fromStore(command.event);
      return undefined;
    case 'seccomp':
      transport.listen(command.listener, command.device);
      return undefined;
    case 'requests':
      transport.handle(command.messages);
      return undefined;
    default:
      return command satisfies never;
  }
}
