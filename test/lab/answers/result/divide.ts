import { defineHypercall, int32, pointer, u32 } from 'fauxen';

export default defineHypercall({
  name: 'divide',
  number: 44,
  args: { a: u32, b: u32, remainder: pointer('int *') },
  handler({ a, b, remainder }, xen) {
    if (b === 0) return 'EINVAL';
    xen.copyToGuest(remainder, int32(a % b));
    return Math.floor(a / b);
  },
});
