/** Pages that a program accesses through the kernel's page cache, because it cannot be stopped to map them. */
import t from 'tap';
import * as gntdev from '../../src/drivers/gntdev/ioctls.ts';
import { CopiedPages } from '../../src/drivers/privcmd/copied-pages.ts';
import * as privcmd from '../../src/drivers/privcmd/ioctls.ts';
import { addMappings } from '../../src/drivers/privcmd/mappings.ts';
import { Privcmd } from '../../src/drivers/privcmd/privcmd.ts';
import { errno } from '../../src/xen/errno.ts';
import { SparseFrames } from '../../src/xen/memory/guest-frames.ts';
import { caller, deviceWorld } from './device-world.ts';

const PAGE = 4096;
const SELF = 0x7ff0;
/** XENMEM_resource_grant_table, and its id for the table's own frames. */
const [GRANT_TABLE, SHARED] = [1, 0];

t.test('gntdev: each page of a file belongs to its own grant, and read-only pages do not change', async (t) => {
  const { guest, open, request } = await deviceWorld();
  const file = open('gntdev');
  /** Maps grants of the guest in one ioctl; the offset of the first page. */
  const map = (...refs: number[]): number => {
    caller.bytes.fill(0);
    caller.view.setUint32(0, refs.length, true);
    for (const [index, ref] of refs.entries()) {
      caller.view.setUint32(16 + 8 * index, guest.id, true);
      caller.view.setUint32(20 + 8 * index, ref, true);
    }
    t.equal(file.ioctl?.(request, gntdev.IOCTL_GNTDEV_MAP_GRANT_REF, caller.base), 0);
    return Number(caller.view.getBigUint64(8, true));
  };
  t.same([map(9), map(11, 8)], [0, PAGE]);
  for (const page of [0, 1, 2]) t.equal(file.write?.(request, page * PAGE + 5, Buffer.from([page + 1]), 0), 1);
  const byte = (page: number) => {
    const into = new Uint8Array(PAGE);
    t.equal(file.read?.(request, page * PAGE, into, 0), PAGE);
    return into[5];
  };
  t.same([byte(0), byte(1), byte(2)], [1, 2, 0], '8 is granted for reading only');
  const both = new Uint8Array(2 * PAGE);
  t.equal(file.read?.(request, 0, both, 0), 2 * PAGE);
  t.same([both[5], both[PAGE + 5]], [1, 2], 'across two maps');
  t.equal(file.read?.(request, 3 * PAGE, new Uint8Array(1), 0), -errno.EIO, 'beyond the last');
  file.release?.(request);
});

t.test('pages of privcmd’s mapping are read and written across their boundaries', async (t) => {
  const frames = new SparseFrames({ count: 0 });
  const pages = new CopiedPages();
  pages.show({ first: 0, whole: true, frames, pages: [7, 3, 5, -1] });
  pages.write(PAGE - 2, Buffer.from([1, 2, ...new Uint8Array(PAGE).fill(8), 3, 4]));
  const bytes = new Uint8Array(2);
  frames.read(7, PAGE - 2, bytes);
  t.same([...bytes], [1, 2]);
  frames.read(5, 0, bytes);
  t.same([...bytes], [3, 4]);
  const into = new Uint8Array(4);
  t.equal(pages.read(2 * PAGE - 2, into), true);
  t.same([...into], [8, 8, 3, 4]);
  t.equal(pages.read(3 * PAGE, into), false, 'there is no page');
  into.fill(9);
  t.equal(pages.read(3 * PAGE - 2, into), true);
  t.same([...into], [0, 0, 0, 0], 'and zeroes after the last');
});

t.test('MMAP_RESOURCE without an address returns how many frames a resource has', async (t) => {
  const { hypervisor, domain, guest } = await deviceWorld();
  const driver = new Privcmd({ hypervisor, domain });
  addMappings(driver);
  const file = driver.open();
  const size = (domid: number, type: number, id: number) => {
    caller.bytes.fill(0);
    caller.view.setUint16(0, domid, true);
    caller.view.setUint32(4, type, true);
    caller.view.setUint32(8, id, true);
    const result = driver.ioctl({
      state: file,
      memory: caller,
      command: privcmd.IOCTL_PRIVCMD_MMAP_RESOURCE,
      argument: caller.base,
      compat: false,
      tid: 0,
    });
    return [result, Number(caller.view.getBigUint64(16, true))];
  };
  t.same(size(guest.id, GRANT_TABLE, SHARED), [0, guest.grants.maxFrames]);
  t.same(size(999, GRANT_TABLE, SHARED), [-errno.ESRCH, 0]);
  t.same(size(SELF, GRANT_TABLE, SHARED), [-errno.ESRCH, 0]);
  t.same(size(domain.id, GRANT_TABLE, SHARED), [-errno.EPERM, 0]);
  t.same(size(guest.id, 99, SHARED), [-errno.EINVAL, 0]);
});
