import t from 'tap';
import { dmesgNodes, ringPollers } from '../../src/drivers/dmesg.ts';
import type { FileRequest } from '../../src/fuse/file-request.ts';
import { testHypervisor } from '../xen/host.ts';

const request = {} as FileRequest; // the driver of the ring does not use it
const BYTES = 16384;

t.test('a reader of dmesg gets the ring from its first byte on, and continues after overwritten bytes', async (t) => {
  const { console } = await testHypervisor();
  const node = dmesgNodes(
    console,
    ringPollers(console, () => {}),
    { uid: 0, gid: 0 },
  )();
  const file = node.open(request, 0);
  if (typeof file === 'number') throw new Error(`open: ${file}`);
  const into = Buffer.alloc(2 * BYTES);
  const first = file.read?.(request, 0, into, 0) ?? 0;
  t.equal(into.toString('latin1', 0, first), console.ring.text());

  for (let line = 0; line < 2000; line += 1) console.printk(`line ${line}\n`);
  const more = file.read?.(request, first, into, 0) ?? 0;
  t.equal(more, BYTES, 'all that the ring holds');
  t.equal(into.toString('latin1', 0, more), console.ring.text());
  t.equal(file.read?.(request, first + more, into, 0), 0, 'nothing twice');
  console.printk('the last one\n');
  const last = file.read?.(request, first + more, into, 0) ?? 0;
  t.equal(into.toString('latin1', 0, last), '(XEN) the last one\n');
});
