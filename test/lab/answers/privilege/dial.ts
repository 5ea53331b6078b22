import { defineHypercall, u32 } from 'fauxen';

let dial = 1;

export default defineHypercall({
  name: 'dial',
  number: 44,
  args: { command: u32, value: u32 },
  handler({ command, value }, xen) {
    switch (command) {
      case 0:
        return dial;
      case 1:
        if (xen.domid !== 0) return 'EPERM';
        dial = value;
        return 0;
      default:
        return 'ENOSYS';
    }
  },
});
