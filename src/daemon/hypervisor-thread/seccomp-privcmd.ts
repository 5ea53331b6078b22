import { constants } from 'node:os';
import { filterCaller } from '../../caller/filter-caller.ts';
import type { CallInCaller } from '../../caller/injected-call.ts';
import type { PrivcmdState } from '../../drivers/privcmd/privcmd.ts';
import type { PrivcmdWatch } from '../../drivers/privcmd/privcmd-file.ts';
import type { Listener } from '../../linux/seccomp.ts';
import { BusyThreads } from '../transport/busy-threads.ts';
import { filterHindrance } from '../transport/filter-hindrance.ts';
import { filterRefusal } from '../transport/filter-refusal.ts';
import { HeldFiles } from '../transport/held-files.ts';
import { OpenInodes } from '../transport/open-inodes.ts';
import { NOTIFIED, privcmdFilter } from '../transport/privcmd-filter.ts';
import { CoarseClock, SeccompCalls } from '../transport/seccomp-calls.ts';
import type { WaitingIo } from '../transport/waiting-io.ts';
import { describe } from './main-link.ts';
import type { ServingParts } from './transport.ts';

/** What serves the listeners of a run beside its mount. */
interface Served {
  readonly calls: SeccompCalls<PrivcmdState>;
  readonly parts: ServingParts;
  readonly io: WaitingIo;
}

/**
 * The open files of privcmd, whose ioctls come through seccomp listeners beside a mount. A listener is the program's, from its start, or that
 * of a process that makes many calls, whose first ones came through FUSE.
 */
export class SeccompPrivcmd {
  readonly #clock = new CoarseClock();
  readonly #inodes = new OpenInodes<PrivcmdState>();
  readonly #busy = new BusyThreads();
  #served: Served | undefined;
  /** Whether processes that make many calls get listeners. */
  #takesOver = false;
  /** Reasons that were logged. */
  readonly #refusals = new Set<string>();

  readonly watch: PrivcmdWatch = {
    opened: (inode, file) => this.#inodes.opened(inode, file),
    released: (inode, file) => this.#inodes.released(inode, file),
    called: (tid, command) => {
      if (!this.#takesOver || !NOTIFIED.includes(command) || !this.#busy.isBusy(tid)) return undefined;
      return this.#takeOver(tid);
    },
  };

  /** Gets ready for listeners: that of the program, or those of its busy processes. `device`: the mount's device number. */
  serve(listener: number | undefined, device: number, parts: ServingParts, io: WaitingIo): void {
    this.#served ??= { calls: this.#newCalls(device, parts), parts, io };
    if (listener === undefined) this.#takesOver = true;
    else this.#add(this.#served, listener);
  }

  #newCalls(device: number, { link, service, fuse, words }: ServingParts): SeccompCalls<PrivcmdState> {
    const answer = (file: PrivcmdState, tid: number, command: number, argument: number, call: Listener) => {
      try {
        return service.shortIoctl(file, tid, command, argument, call);
      } catch (error) {
        link.log('error', `a hypercall: ${describe(error)}`);
        return -constants.errno.EIO;
      }
    };
    const clock = this.#clock;
    const closeElsewhere = (descriptor: number) => link.report({ kind: 'close', descriptor });
    const files = new HeldFiles<PrivcmdState>({ inodes: this.#inodes, device, now: clock.now, closeElsewhere });
    const about = { note: link.warn, onStray: service.noteStray };
    return new SeccompCalls({ fuse, words, commands: NOTIFIED, files, clock, answer, ...about });
  }

  #add({ calls, io }: Served, listener: number): void {
    calls.add(listener);
    io.serve(calls);
  }

  /** What installs the filter in the process of a busy thread when its call is answered; undefined if that is not possible. */
  #takeOver(tid: number): ((call: CallInCaller) => void) | undefined {
    const served = this.#served;
    if (served === undefined || !served.calls.mayAdd) return undefined;
    const hindrance = filterHindrance(tid);
    if (hindrance !== undefined) {
      this.#noteRefusal(served, hindrance);
      return undefined;
    }
    const { link } = served.parts;
    const options = {
      filter: privcmdFilter(),
      late: (listener: number) => this.#add(served, listener),
      closeElsewhere: (descriptor: number) => link.report({ kind: 'close', descriptor }),
    };
    return (call) => {
      const listener = filterCaller(call, tid, options);
      if (listener < 0) this.#noteRefusal(served, filterRefusal(-listener));
      else this.#add(served, listener);
    };
  }

  #noteRefusal({ parts }: Served, reason: string): void {
    if (this.#refusals.has(reason)) return;
    this.#refusals.add(reason);
    parts.link.log('info', `a busy program's hypercalls come through FUSE: ${reason}`);
  }
}
