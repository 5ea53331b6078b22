import t from 'tap';
import { endRings, shareRings } from '../../src/guests/device-ring.ts';
import { balloon } from '../../src/guests/kernel.ts';
import { bootGuest } from '../../src/xen/domain/guest.ts';
import { testHypervisor } from '../xen/host.ts';

for (const type of ['pv', 'pvh', 'hvm'] as const) {
  t.test(`dom0 can map what a ${type} guest's frontend shares, until the frontend ends`, async (t) => {
    const xen = await testHypervisor();
    const guest = bootGuest(xen, { type, pages: 1024 });
    const pages = guest.totPages;
    const dom0 = xen.domains.get(0);
    if (dom0 === undefined) throw new Error('no dom0');
    const first = shareRings(guest, 0, 2);
    const second = shareRings(guest, 0, 1);
    if (first === undefined || second === undefined) throw new Error('no room for rings');
    const references = [...first.references, ...second.references];
    t.strictSame(references, [8, 9, 10]);
    t.equal(guest.totPages, pages, 'they cost the guest none of its memory');
    const handles = references.map((reference) => dom0.grants.map(guest, reference, 2));
    t.ok(handles.every((handle) => handle >= 0));
    const frames = handles.map((handle) => dom0.grants.mapping(handle)?.frame ?? -1);
    t.equal(new Set(frames).size, 3, 'each has a page of its own');
    balloon(guest, 16);
    t.notOk(frames.map((frame) => guest.memory.pageOf(frame)).includes(undefined), 'which a balloon does not give up');
    for (const handle of handles.slice(1)) dom0.grants.unmap(handle);
    endRings(guest, first);
    endRings(guest, second);
    const again = shareRings(guest, 0, 2);
    t.strictSame(again?.references, [9, 10], 'the mapped one stays in use');
    t.equal(again?.port, first.port);
  });
}

t.test('a guest without an empty page has no room for rings', async (t) => {
  const xen = await testHypervisor();
  const guest = bootGuest(xen, { type: 'pvh', pages: 8 });
  for (let gfn = 0; gfn < 8; gfn += 1) guest.memory.writeFrame(gfn, 0, Uint8Array.of(1));
  t.equal(shareRings(guest, 0, 1), undefined);
});
