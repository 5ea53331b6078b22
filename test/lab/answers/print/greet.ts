import { defineHypercall, string } from 'fauxen';

export default defineHypercall({
  name: 'greet',
  number: 43,
  args: { message: string() },
  handler({ message }, xen) {
    xen.printk(`greet: ${message}`);
    return 0;
  },
});
