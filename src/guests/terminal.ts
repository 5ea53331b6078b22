const BACKSPACE = 0x08;
const NEWLINE = 0x0a;
const RETURN = 0x0d;
const CTRL_C = 0x03;
const CTRL_U = 0x15;
const ESCAPE = 0x1b;
const SPACE = 0x20;
const DELETE = 0x7f;
/** Most characters of a line, as MAX_CANON of a line discipline; further keys are ignored. */
const MAX_LINE = 255;

/** A terminal in cooked mode: echoes keys, handles backspace, and returns lines. */
export class Terminal {
  readonly #echo: (text: string) => void;
  readonly #onLine: (line: string) => void;
  readonly #decoder = new TextDecoder();
  #line: string[] = [];

  constructor(echo: (text: string) => void, onLine: (line: string) => void) {
    this.#echo = echo;
    this.#onLine = onLine;
  }

  type(bytes: Uint8Array): void {
    for (const character of this.#decoder.decode(bytes, { stream: true })) this.#key(character);
  }

  #key(character: string): void {
    const code = character.codePointAt(0) ?? 0;
    if (code === RETURN || code === NEWLINE) this.#end('\r\n', this.#line.join(''));
    else if (code === CTRL_C) this.#end('^C\r\n', '');
    else if (code === BACKSPACE || code === DELETE) this.#erase(1);
    else if (code === CTRL_U) this.#erase(this.#line.length);
    else if (code >= SPACE && code !== ESCAPE && this.#line.length < MAX_LINE) {
      this.#line.push(character);
      this.#echo(character);
    }
  }

  #end(echo: string, line: string): void {
    this.#line = [];
    this.#echo(echo);
    this.#onLine(line);
  }

  #erase(count: number): void {
    const erased = this.#line.splice(Math.max(0, this.#line.length - count));
    this.#echo('\b \b'.repeat(erased.length));
  }
}
