import t from 'tap';
import { errno } from '../../src/xen/errno.ts';
import { caller, commands, deviceWorld } from './device-world.ts';

const [BIND_VIRQ, BIND_INTERDOMAIN, BIND_UNBOUND, , , , RESTRICT] = commands.evtchn as [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];

t.test('a restricted evtchn binds ports of its domain only, no virq, and keeps its restriction', async (t) => {
  const { domain, guest, open, request } = await deviceWorld();
  const file = open('evtchn');
  const ioctl = (command: number, first: number, second = 0) => {
    caller.bytes.fill(0);
    caller.view.setUint32(0, first, true);
    caller.view.setUint32(4, second, true);
    return file.ioctl?.(request, command, caller.base) ?? 0;
  };
  t.equal(ioctl(RESTRICT, 0), -errno.EINVAL, 'not to dom0');
  t.equal(ioctl(RESTRICT, guest.id), 0);
  t.equal(ioctl(RESTRICT, guest.id), -errno.EACCES);
  const offered = guest.eventChannels.allocUnbound(domain.id);
  t.ok(ioctl(BIND_INTERDOMAIN, guest.id, offered) > 0);
  t.ok(ioctl(BIND_UNBOUND, guest.id) > 0);
  t.equal(ioctl(BIND_INTERDOMAIN, guest.id + 1, offered), -errno.EACCES);
  t.equal(ioctl(BIND_INTERDOMAIN, domain.id, 1), -errno.EACCES);
  t.equal(ioctl(BIND_UNBOUND, domain.id), -errno.EACCES);
  t.equal(ioctl(BIND_VIRQ, 2), -errno.EACCES);
  file.release?.(request);
});
