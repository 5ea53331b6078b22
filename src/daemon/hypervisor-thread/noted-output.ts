/** Records whether the user's code prints something: its output reaches the main thread separately, later than our reports. */
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
