import { KeptFile } from './kept-file.ts';

/** The number of cached texts of a kind. A file's name selects its slot, so there are never more. */
const PLACES = 64;

/**
 * A text that was made of something else, such as a file's content, and is kept for the next start. It is used only if it was made of
 * exactly the same: `source` is kept with it.
 */
export class KeptText {
  readonly #file: KeptFile;
  readonly #source: string;

  /** `kind`: what makes it, and its version; `name`: of the file that it is made of; `source`: all that it depends on. */
  constructor(kind: string, name: string, source: string) {
    const [word = ''] = kind.split(' ');
    this.#file = new KeptFile(`${word}-${placeOf(name)}`, kind);
    this.#source = `${source.length}\n${source}\n`;
  }

  read(): string | undefined {
    const found = this.#file.read()?.toString('utf8') ?? '';
    return found.startsWith(this.#source) ? found.slice(this.#source.length) : undefined;
  }

  write(made: string): void {
    this.#file.write(Buffer.from(this.#source + made));
  }
}

/** A hash that only spreads names over slots: each cached text names its own source. */
function placeOf(name: string): number {
  let hash = 0;
  for (let index = 0; index < name.length; index += 1) hash = (31 * hash + name.charCodeAt(index)) % 0x7fffffff;
  return hash % PLACES;
}
