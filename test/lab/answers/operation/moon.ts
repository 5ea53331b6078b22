import { defineOperation, struct, u32 } from 'fauxen';

const sky = struct('sky', { day: u32, phase: u32 });

export default defineOperation({
  of: 'xen_version',
  name: 'moon',
  number: 40,
  struct: sky,
  handler(sky, xen) {
    if (sky.day > 29) return 'EINVAL';
    sky.phase = Math.floor(sky.day / 7.5);
    xen.copyBack(sky);
    return 0;
  },
});
