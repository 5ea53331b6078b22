/** Notes whether the user's code prints something: that travels to the main thread by itself, later than what we report. */
export class NotedOutput {
  /** Something was printed since this was made. */
  printed = false;

  constructor() {
    for (const stream of [process.stdout, process.stderr]) {
      stream.write = new Proxy(stream.write, {
        apply: (write, self, words) => {
          this.printed = true;
          return Reflect.apply(write, self, words);
        },
      });
    }
  }
}
