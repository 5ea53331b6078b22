import { constants } from 'node:os';
import type { FuseIo } from '../../fuse/io.ts';
import { serve } from '../../fuse/loop.ts';
import { Session } from '../../fuse/session.ts';
import { WORD } from '../protocol/shared-words.ts';
import { Spin } from '../transport/spin.ts';
import { WaitingIo } from '../transport/waiting-io.ts';
import { type CommandedTransport, obeyCommands } from './obey-commands.ts';
import type { ServingParts, Transport } from './transport.ts';

/** Serves through FUSE, and a seccomp listener beside it. */
export function throughMount(parts: ServingParts): Transport {
  const { link, words, service, fuse, spin, later } = parts;
  const io = new WaitingIo(fuse, new Spin(spin), words, later);
  const session = new Session({
    root: service.root,
    io,
    onError: (error, operation) =>
      link.log('error', `FUSE ${operation}: ${error instanceof Error ? error.stack : error}`),
  });
  service.attach(session);
  const transport: CommandedTransport = {
    listen: (listener, device) => parts.privcmd.serve(listener, device, parts, io),
    handle(messages) {
      for (const message of messages) {
        session.buffer.set(message);
        session.handle(message.length);
      }
    },
  };
  const onInterrupt = () => obeyCommands({ ...parts, transport });
  return {
    begin() {
      link.report({ kind: 'serving' });
      serveFirst(session, io, words, onInterrupt);
      serve({ session, io, onInterrupt });
    },
    resume() {
      session.abort(-constants.errno.ETIMEDOUT);
      io.abort(-constants.errno.ETIMEDOUT);
      serve({ session, io, onInterrupt });
    },
  };
}

/** Waits until /dev/fuse is mounted: before that, reads fail with EPERM. */
function serveFirst(session: Session, io: FuseIo, words: Int32Array, onInterrupt: () => void): void {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (;;) {
    const length = io.read(session.buffer);
    if (length > 0) {
      session.handle(length);
      return;
    }
    if (length !== -constants.errno.EPERM && length !== -constants.errno.EINTR) return; // serve() handles it
    if (Atomics.load(words, WORD.pending) !== 0) onInterrupt();
    Atomics.wait(pause, 0, 0, 1);
  }
}
