import { defineHypercall, u32 } from 'fauxen';

let dial = 1;

export default defineHypercall({
  name: 'dial',
  number: 44,
  args: { command: u32, value: u32 },
  handler({ command, value }) {
    if (command === 0) return dial;
    dial = value;
    return 0;
  },
});
