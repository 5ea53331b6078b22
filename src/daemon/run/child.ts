import { SYS } from '../../linux/arch/x86-64/system-calls.ts';
import type { StartedChild } from '../../linux/child-calls.ts';
import { addressOf, systemCall } from '../../linux/libc.ts';

/** waitid(2): arguments, and values in its siginfo_t (asm-generic/siginfo.h). */
const WAIT = { PID: 1, NOHANG: 1, STOPPED: 2, EXITED: 4, NOWAIT: 0x01000000 } as const;
const CLD = { EXITED: 1, STOPPED: 5 } as const;
const INFO = { size: 128, pid: 16, code: 8, status: 24 } as const;

/** Poll interval for children: a ptrace stop may suppress the SIGCHLD of a stop (silenceChildStops). */
const LOOK_MS = 250;

/** A process that was started by ChildCalls. Node's ChildProcess supports only spawn(). */
export class Child {
  /** The running children. */
  static readonly pids = new Set<number>();
  readonly pid: number;
  /** Its exit status, or 128+N if signal N ended it. */
  readonly ended: Promise<number>;
  /** Called when it was stopped. */
  onStop: (() => void) | undefined;
  #running = true;
  #stopped = false;
  #end: (status: number) => void = () => {};
  readonly #look = () => this.#lookAt();
  readonly #timer: NodeJS.Timeout;

  /** Must be constructed in the event loop turn that started the process. */
  constructor({ pid }: StartedChild) {
    this.pid = pid;
    Child.pids.add(pid);
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    process.on('SIGCHLD', this.#look);
    this.#timer = setInterval(this.#look, LOOK_MS);
    this.#lookAt(); // it may have ended already
  }

  get running(): boolean {
    return this.#running;
  }

  /** Sends a signal, by its name or number, to this process and no other. */
  kill(signal: NodeJS.Signals | number): void {
    if (!this.#running) return;
    try {
      process.kill(this.pid, signal);
    } catch {
      // no permission: the program changed its user
    }
  }

  /** Peeks at the event first (WNOWAIT): a ptrace stop belongs to the thread that requested it. */
  #lookAt(): void {
    if (!this.#running) return;
    const news = waitFor(this.pid, WAIT.EXITED | WAIT.STOPPED | WAIT.NOWAIT);
    if (news === undefined) {
      this.#stopped = false;
    } else if (news.code === CLD.STOPPED) {
      if (this.#stopped || this.onStop === undefined) return; // no listener yet: report it later
      this.#stopped = true;
      this.onStop();
    } else if (news.code < 4) {
      waitFor(this.pid, WAIT.EXITED);
      this.#running = false;
      Child.pids.delete(this.pid);
      clearInterval(this.#timer);
      process.off('SIGCHLD', this.#look);
      this.#end(news.code === CLD.EXITED ? news.status : 128 + news.status);
    }
  }
}

function waitFor(pid: number, events: number): { code: number; status: number } | undefined {
  const info = new DataView(new ArrayBuffer(INFO.size));
  const result = systemCall(SYS.waitid, WAIT.PID, pid, addressOf(info), events | WAIT.NOHANG, 0);
  if (result < 0 || info.getInt32(INFO.pid, true) === 0) return undefined;
  return { code: info.getInt32(INFO.code, true), status: info.getInt32(INFO.status, true) };
}
