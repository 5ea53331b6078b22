import { closeSync, openSync, readFileSync } from 'node:fs';
import { SYS } from '../../linux/arch/x86-64/system-calls.ts';
import { ChildCalls, stringArray } from '../../linux/child-calls.ts';
import { addressOf, systemCall } from '../../linux/libc.ts';
import { Child } from './child.ts';

const O_CLOEXEC = 0o2000000;
const SIG_SETMASK = 2;
const ALL = BigUint64Array.of(0xffff_ffff_ffff_ffffn);
const CAT = ['/bin/cat', '/usr/bin/cat'];

/**
 * Determines whether a signal was sent to the whole process group, as by a terminal, or to this process alone, which Node does not
 * report. A helper process in the same group blocks all signals, so a signal to the group stays pending there and is visible in /proc. It
 * reads from a pipe that is never written to, and so ends with this process.
 */
export class GroupWitness {
  #process: Child | undefined;
  #input = -1;

  private constructor() {}

  static start(): GroupWitness {
    const witness = new GroupWitness();
    witness.#begin();
    return witness;
  }

  get running(): boolean {
    return this.#process?.running ?? false;
  }

  /** Whether the group got that signal since the last call. */
  received(signal: number): boolean {
    const bit = 1n << BigInt(signal - 1);
    if ((this.#pending() & bit) === 0n) return false;
    // Pending signals cannot be cleared, and would hide the next one.
    this.end();
    this.#begin();
    return true;
  }

  end(): void {
    this.#process?.kill('SIGKILL');
    if (this.#input >= 0) closeSync(this.#input);
    this.#process = undefined;
    this.#input = -1;
  }

  #begin(): void {
    const pipe = new Int32Array(2);
    if (systemCall(SYS.pipe2, addressOf(pipe), O_CLOEXEC) < 0) return;
    const [from = -1, to = -1] = pipe;
    const nothing = openSync('/dev/null', 'r+');
    const calls = new ChildCalls();
    calls.leaveDescriptors();
    calls.must('block signals', SYS.rt_sigprocmask, SIG_SETMASK, ALL, 0, 8);
    calls.must('wait for input', SYS.dup2, from, 0);
    for (const fd of [1, 2]) calls.must('say nothing', SYS.dup2, nothing, fd);
    for (const path of CAT) calls.execute(path, stringArray([Buffer.from('fauxen-witness')]), stringArray([]));
    const started = calls.start();
    closeSync(from);
    closeSync(nothing);
    this.#input = to;
    if (started.pid > 0) this.#process = new Child(started);
  }

  #pending(): bigint {
    try {
      const status = readFileSync(`/proc/${this.#process?.pid}/status`, 'latin1');
      const [, mask = '0'] = /^ShdPnd:\s+([0-9a-f]+)/m.exec(status) ?? [];
      return BigInt(`0x${mask}`);
    } catch {
      return 0n;
    }
  }
}
