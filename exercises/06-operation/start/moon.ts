import { defineOperation, struct, u32 } from 'fauxen';

const sky = struct('sky', { day: u32, phase: u32 });

export default defineOperation({
  of: 'xen_version',
  name: 'moon',
  number: 99,
  struct: sky,
  handler() {
    return 'ENOSYS';
  },
});
