import { constants } from 'node:os';
import { filterCaller } from '../../caller/filter-caller.ts';
import { stopCaller } from '../../caller/stop.ts';
import type { PrivcmdState } from '../../drivers/privcmd/privcmd.ts';
import type { PrivcmdWatch } from '../../drivers/privcmd/privcmd-file.ts';
import type { FileRequest } from '../../fuse/file-request.ts';
import { isListener, type Listener } from '../../linux/seccomp.ts';
import { filterRefusal } from '../transport/filter-refusal.ts';
import { HeldFiles } from '../transport/held-files.ts';
import { OpenInodes } from '../transport/open-inodes.ts';
import { privcmdFilter } from '../transport/privcmd-filter.ts';
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
  #served: Served | undefined;
  /** Reasons that were logged. */
  readonly #refusals = new Set<string>();

  readonly watch: PrivcmdWatch = {
    opened: (inode, file) => this.#inodes.opened(inode, file),
    released: (inode, file) => this.#inodes.released(inode, file),
    busy: (request, result) => this.#takeOver(request, result),
  };

  /** Gets ready for listeners: that of the program, or those of its busy processes. `device`: the mount's device number. */
  serve(listener: number | undefined, device: number, parts: ServingParts, io: WaitingIo): void {
    this.#served ??= { calls: this.#newCalls(device, parts), parts, io };
    if (listener !== undefined) this.#add(this.#served, listener);
  }

  #newCalls(device: number, { link, service, fuse }: ServingParts): SeccompCalls<PrivcmdState> {
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
    const onEnd = (listener: number) => link.report({ kind: 'listener', listener, isServed: false });
    return new SeccompCalls({ fuse, files, clock, answer, note: link.warn, onStray: service.noteStray, onEnd });
  }

  #add({ calls, parts, io }: Served, listener: number): void {
    calls.add(listener);
    io.serve(calls);
    parts.link.report({ kind: 'listener', listener, isServed: true });
  }

  /** Answers a call of a busy process, and installs the filter in that process before it returns to user space. */
  #takeOver(request: FileRequest, result: number): boolean {
    const served = this.#served;
    if (served === undefined || request.compat || !served.calls.hasRoom) return false;
    const { tid } = request;
    const { link, ptracer } = served.parts;
    const stop = stopCaller(ptracer, tid, (reason) => this.#noteRefusal(served, reason));
    if (stop === undefined) return false;
    request.replyIoctl(result);
    let listener: number = -constants.errno.ESRCH;
    stop.finish({
      run: (call) => {
        listener = filterCaller(call, tid, privcmdFilter());
      },
    });
    if (listener < 0) this.#noteRefusal(served, filterRefusal(-listener));
    else if (isListener(listener)) this.#add(served, listener);
    else link.report({ kind: 'close', descriptor: listener });
    return true;
  }

  #noteRefusal({ parts }: Served, reason: string): void {
    if (this.#refusals.has(reason)) return;
    this.#refusals.add(reason);
    parts.link.log('info', `a busy program's hypercalls come through FUSE: ${reason}`);
  }
}
