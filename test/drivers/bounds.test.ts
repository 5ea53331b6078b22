/** How much one call may ask of the drivers: Linux's limit where it has one, elsewhere a limit that keeps other callers from waiting. */
import t from 'tap';
import * as gntdev from '../../src/drivers/gntdev/ioctls.ts';
import * as privcmd from '../../src/drivers/privcmd/ioctls.ts';
import { addMappings } from '../../src/drivers/privcmd/mappings.ts';
import { Privcmd } from '../../src/drivers/privcmd/privcmd.ts';
import { errno } from '../../src/xen/errno.ts';
import { caller, commands, deviceWorld } from './device-world.ts';

const O_NONBLOCK = 0o4000;
const POLLERR = 8;
/** An unmapped address: only a call that is within the limit gets as far as EFAULT. */
const NOWHERE = 2 ** 46;

function put(...words: [offset: number, value: number][]): number {
  caller.bytes.fill(0);
  for (const [offset, value] of words) caller.view.setBigUint64(offset, BigInt(value), true);
  return caller.base;
}

t.test('privcmd: buffers of a DM_OP, frames of a batch', async (t) => {
  const { hypervisor, domain } = await deviceWorld();
  const driver = new Privcmd({ hypervisor, domain });
  addMappings(driver);
  const file = driver.open();
  const ioctl = (command: number, argument: number) =>
    driver.ioctl({ state: file, memory: caller, command, argument, compat: false, tid: 0 });

  const dmOp = (count: number) => ioctl(privcmd.IOCTL_PRIVCMD_DM_OP, put([0, 1 + count * 2 ** 16], [8, NOWHERE]));
  t.equal(dmOp(16), -errno.EFAULT, "as Linux's privcmd.dm_op_max_nr_bufs");
  t.equal(dmOp(17), -errno.E2BIG);
  const sized = (bytes: number) =>
    ioctl(
      privcmd.IOCTL_PRIVCMD_DM_OP,
      put([0, 1 + 2 ** 16], [8, caller.base + 64], [64, caller.base + 128], [72, bytes]),
    );
  t.not(sized(4096), -errno.E2BIG, 'as privcmd.dm_op_buf_max_size');
  t.equal(sized(4097), -errno.E2BIG);

  for (const command of [privcmd.IOCTL_PRIVCMD_MMAPBATCH, privcmd.IOCTL_PRIVCMD_MMAPBATCH_V2]) {
    const batch = (count: number) => ioctl(command, put([0, count + 2 ** 32], [8, caller.base], [16, NOWHERE]));
    t.equal(batch(2 ** 22), -errno.EFAULT);
    t.equal(batch(2 ** 22 + 1), -errno.ENOMEM);
    t.equal(batch(2 ** 32 - 1), -errno.ENOMEM);
  }
  const mmap = (count: number) => ioctl(privcmd.IOCTL_PRIVCMD_MMAP, put([0, count + 2 ** 32], [8, NOWHERE]));
  t.equal(mmap(2 ** 22), -errno.EFAULT);
  t.equal(mmap(2 ** 22 + 1), -errno.ENOMEM);
  t.equal(mmap(2 ** 32 - 1), 0, 'a negative number is an empty list');
});

t.test('gntdev: references of a mapping, segments of a copy', async (t) => {
  const { open, request } = await deviceWorld();
  const file = open('gntdev');
  const map = (count: number) => file.ioctl?.(request, gntdev.IOCTL_GNTDEV_MAP_GRANT_REF, put([0, count]));
  t.equal(map(65_536), -errno.EFAULT, "Linux's gntdev.limit");
  t.equal(map(65_537), -errno.EINVAL);
  const copy = (count: number) => file.ioctl?.(request, gntdev.IOCTL_GNTDEV_GRANT_COPY, put([0, count], [8, NOWHERE]));
  t.equal(copy(65_536), -errno.EFAULT);
  t.equal(copy(65_537), -errno.E2BIG);
  t.equal(copy(2 ** 32 - 1), -errno.E2BIG);
});

t.test('gntalloc: references whose list Linux could not allocate', async (t) => {
  const { open, request } = await deviceWorld();
  const file = open('gntalloc');
  const allocate = (count: number) => file.ioctl?.(request, commands.gntalloc[0]!, put([0, count * 2 ** 32])); // ALLOC_GREF
  t.equal(allocate(2 ** 20), -errno.ENOSPC, 'more than gntalloc.limit');
  t.equal(allocate(2 ** 20 + 1), -errno.ENOMEM);
});

t.test('evtchn: unread events fill the ring, then reads give EFBIG until it is reset', async (t) => {
  const { domain, open, request } = await deviceWorld();
  const file = open('evtchn');
  const port = file.ioctl?.(request, commands.evtchn[2]!, put([0, 0x7ff0])) ?? -1; // BIND_UNBOUND_PORT, for DOMID_SELF
  t.ok(port > 0);
  const event = () => {
    domain.eventChannels.unmask(port); // as a hypercall may, without the driver
    domain.eventChannels.setPending(port);
  };
  const into = new Uint8Array(4096);
  const read = () => file.read?.(request, 0, into, O_NONBLOCK);
  event();
  t.equal(read(), 4);
  t.equal(new DataView(into.buffer).getUint32(0, true), port);
  for (let count = 0; count < 2 ** 17; count += 1) event();
  t.equal((file.poll?.(request, 1, undefined) ?? 0) & POLLERR, 0, 'there is room for each port');
  t.equal(read(), 4096);
  for (let count = 0; count < 1025; count += 1) event();
  t.equal(read(), -errno.EFBIG, 'one was lost');
  t.equal(read(), -errno.EFBIG);
  t.equal((file.poll?.(request, 1, undefined) ?? 0) & POLLERR, POLLERR);
  t.equal(file.ioctl?.(request, commands.evtchn[5]!, 0), 0); // RESET
  t.equal(read(), -errno.EAGAIN);
  event();
  t.equal(read(), 4);
  file.release?.(request);
});

t.test(
  'ioctls that came after Linux 6.1 or need its CONFIG_XEN_GNTDEV_DMABUF answer as in the dom0 of Debian 12',
  async (t) => {
    const { hypervisor, domain, open, request } = await deviceWorld();
    const driver = new Privcmd({ hypervisor, domain });
    addMappings(driver);
    const state = driver.open();
    // IRQFD, IOEVENTFD, PCIDEV_GET_GSI
    for (const command of [0x40185008, 0x40305009, 0x8500a]) {
      const result = driver.ioctl({ state, memory: caller, command, argument: put([0, 0]), compat: false, tid: 0 });
      t.equal(result, -errno.ENOTTY, command.toString(16));
      t.equal(
        driver.ioctl({ state, memory: caller, command, argument: 0, compat: false, tid: 0 }),
        -errno.ENOTTY,
        'with NULL too',
      );
    }
    // DMABUF_EXP_FROM_REFS, EXP_WAIT_RELEASED, IMP_TO_REFS, IMP_RELEASE
    for (const command of [0x144709, 0x8470a, 0x14470b, 0x8470c]) {
      t.equal(open('gntdev').ioctl?.(request, command, put([0, 0])), -errno.ENOTTY, command.toString(16));
    }
  },
);
