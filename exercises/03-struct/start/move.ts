import { defineHypercall, i32, struct } from 'fauxen';

const robot = struct('robot', { x: i32 });

export default defineHypercall({
  name: 'move',
  number: 45,
  args: { robot },
  handler({ robot }, xen) {
    xen.printk(`move: ${robot.x}`);
    return 0;
  },
});
