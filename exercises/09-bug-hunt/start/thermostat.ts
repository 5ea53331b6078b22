import { defineHypercall, errno, i32, struct } from 'fauxen';

const room = struct('room', { wanted: i32, actual: i32 });

export default defineHypercall({
  name: 'thermostat',
  number: 45,
  args: { room },
  handler({ room }, xen) {
    if (room.wanted > 30) return errno.EINVAL;
    xen.printk(`thermostat: wanted ${room.wanted}`);
    room.actual = room.wanted - 2;
    return 0;
  },
});
