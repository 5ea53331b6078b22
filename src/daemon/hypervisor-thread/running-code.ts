import type { CodeWatch } from '../../user-hypercalls/code-watch.ts';
import { CODE, WORD } from '../protocol/shared-words.ts';

/** A piece of the user's code that was cut off. */
export interface CutOff {
  kind: 'handler' | 'loading';
  /** Name of the handler or file. */
  what: string;
}

/** Sets the shared word `code` while the user's code runs on this thread, so that the main thread can cut it off. */
export class RunningCode implements CodeWatch {
  readonly #words: Int32Array;
  #turn = 0;
  /** Value of the word while the code runs. */
  #running = 0;
  #kind: CutOff['kind'] = 'handler';
  #what = '';

  constructor(words: Int32Array) {
    this.#words = words;
  }

  begin(kind: CutOff['kind'], what: string): void {
    this.#kind = kind;
    this.#what = what;
    this.#turn = (this.#turn + CODE.turn) | 0;
    this.#running = this.#turn | (kind === 'handler' ? CODE.handler : CODE.loading);
    Atomics.store(this.#words, WORD.code, this.#running);
  }

  /** Marks the end of the code. If the main thread has condemned it meanwhile, waits to be cut off and never returns. */
  end(): void {
    const before = Atomics.compareExchange(this.#words, WORD.code, this.#running, this.#turn);
    while (before !== this.#running) Atomics.wait(this.#words, WORD.code, before, 1_000);
  }

  /** Called after this thread was cut off: marks the code as ended, and returns which it was. */
  takeCutOff(): CutOff {
    Atomics.store(this.#words, WORD.code, this.#turn);
    return { kind: this.#kind, what: this.#what };
  }
}
