import type { CodeWatch } from '../../user-hypercalls/code-watch.ts';
import { CODE, WORD } from '../protocol/shared-words.ts';

/** Code of the user's that was cut off. */
export interface CutOff {
  kind: 'handler' | 'loading';
  /** Which handler, or which file. */
  what: string;
}

/** Shows the main thread when code of the user's runs on this thread, so that it can cut it off: the word `code`. */
export class RunningCode implements CodeWatch {
  readonly #words: Int32Array;
  #turn = 0;
  /** The word while the code runs. */
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

  /** If the main thread has condemned the code meanwhile, this waits to be cut off, and never returns. */
  end(): void {
    const before = Atomics.compareExchange(this.#words, WORD.code, this.#running, this.#turn);
    while (before !== this.#running) Atomics.wait(this.#words, WORD.code, before, 1_000);
  }

  /** After this thread was cut off: in what. The code counts as ended. */
  takeCutOff(): CutOff {
    Atomics.store(this.#words, WORD.code, this.#turn);
    return { kind: this.#kind, what: this.#what };
  }
}
