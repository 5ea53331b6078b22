import { constants } from 'node:os';
import type { PrivcmdState } from '../../drivers/privcmd/privcmd.ts';
import type { PrivcmdWatch } from '../../drivers/privcmd/privcmd-file.ts';
import type { Listener } from '../../linux/seccomp.ts';
import { HeldFiles } from '../transport/held-files.ts';
import { OpenInodes } from '../transport/open-inodes.ts';
import { CoarseClock, SeccompCalls } from '../transport/seccomp-calls.ts';
import type { WaitingIo } from '../transport/waiting-io.ts';
import { describe } from './main-link.ts';
import type { ServingParts } from './transport.ts';

/** The open files of privcmd, whose ioctls come through seccomp listeners beside a mount. */
export class SeccompPrivcmd {
  readonly #clock = new CoarseClock();
  readonly #inodes = new OpenInodes<PrivcmdState>();

  readonly watch: PrivcmdWatch = {
    opened: (inode, file) => this.#inodes.opened(inode, file),
    released: (inode, file) => this.#inodes.released(inode, file),
  };

  /** Starts serving a listener. `device`: the mount's device number. */
  serve(listener: number, device: number, { link, service, fuse }: ServingParts, io: WaitingIo): void {
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
    io.serve(new SeccompCalls({ listener, fuse, files, clock, answer, note: link.warn, onStray: service.noteStray }));
  }
}
