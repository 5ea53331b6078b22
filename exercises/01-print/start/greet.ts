import { defineHypercall } from 'fauxen';

export default defineHypercall({
  name: 'greet',
  number: 43,
  args: {},
  handler() {
    return 0;
  },
});
