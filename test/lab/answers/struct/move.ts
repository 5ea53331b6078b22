import { chars, defineHypercall, i32, struct, u64 } from 'fauxen';

const robot = struct('robot', { x: i32, y: i32, steps: u64, name: chars(16) });

export default defineHypercall({
  name: 'move',
  number: 45,
  args: { robot },
  handler({ robot }, xen) {
    robot.x += 10;
    robot.y += 10;
    robot.steps += 1n;
    xen.printk(`move: ${robot.name}`);
    xen.copyBack(robot);
    return 0;
  },
});
