import { defineHypercall, u32 } from 'fauxen';

export default defineHypercall({
  name: 'divide',
  number: 44,
  args: { a: u32, b: u32 },
  handler() {
    return 'ENOSYS';
  },
});
