let printed = false;

/** Notes from now on whether the user's code prints something: that travels to the main thread by itself, later than what we report. */
export function noteOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.write = new Proxy(stream.write, {
      apply(write, self, words) {
        printed = true;
        return Reflect.apply(write, self, words);
      },
    });
  }
}

export const hasPrinted = () => printed;
