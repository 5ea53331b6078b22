// The user hypercall that the benchmark measures: it takes a string and prints nothing.
import { defineHypercall, string } from 'fauxen';

let longest = 0;

export default defineHypercall({
  name: 'bench_string',
  number: 39,
  args: { message: string({ limit: 1024 }) },

  handler({ message }) {
    longest = Math.max(longest, message.length);
    return 0;
  },
});
