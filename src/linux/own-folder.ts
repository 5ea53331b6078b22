import { mkdtempSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { SYS } from './arch/x86-64/system-calls.ts';
import { ChildCalls, stringArray } from './child-calls.ts';
import { close, write } from './io.ts';
import { addressOf, systemCall } from './libc.ts';

const LAST_DESCRIPTOR = 0xffff_ffff;
const NEWLINE = 10;
const O_CLOEXEC = 0o2000000;

/** Ends at a line of input; if the input ends without one, removes the folder first. */
const SCRIPT = 'read -r _ && exit; rm -rf -- "$1"';

/**
 * A temporary folder that goes with this process, even if that is killed: a shell waits for the pipe from this process to break, and then
 * removes it. The shell has a session of its own, so that a signal to this process group does not end it.
 */
export class OwnFolder {
  readonly path: string;
  /** Process id of the shell; 0: there is none (out of processes or descriptors). */
  readonly #keeper: number = 0;
  readonly #pipe: number = -1;

  /** `prefix`: as for mkdtemp, whose errors this throws. */
  constructor(prefix: string) {
    this.path = resolve(mkdtempSync(prefix));
    const pipe = new Int32Array(2);
    if (systemCall(SYS.pipe2, addressOf(pipe), O_CLOEXEC) < 0) return;
    const [from = -1, to = -1] = pipe;
    const calls = new ChildCalls();
    calls.leaveDescriptors();
    calls.may(SYS.setsid);
    calls.must('read from the pipe', SYS.dup2, from, 0);
    calls.may(SYS.close_range, 1, LAST_DESCRIPTOR, 0);
    calls.may(SYS.chdir, '/');
    const words = ['sh', '-c', SCRIPT, 'fauxen-folder', this.path];
    const argv = stringArray(words.map((word) => Buffer.from(word)));
    calls.execute('/bin/sh', argv, stringArray([Buffer.from('PATH=/usr/bin:/bin')]));
    const { pid } = calls.start();
    close(from); // not by Node, which warns on a thread that did not open it
    if (pid <= 0) {
      close(to);
      return;
    }
    this.#keeper = pid;
    this.#pipe = to;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
    if (this.#keeper === 0) return;
    write(this.#pipe, new Uint8Array([NEWLINE]), 0, 1); // EPIPE: the shell was killed
    close(this.#pipe);
    systemCall(SYS.wait4, this.#keeper, 0, 0, 0);
  }
}
