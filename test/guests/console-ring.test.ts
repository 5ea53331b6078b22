import t from 'tap';
import { GuestConsoleRing } from '../../src/guests/console-ring.ts';
import { bootGuest } from '../../src/xen/domain/guest.ts';
import { testHypervisor } from '../xen/host.ts';
import { INDEX, OtherEnd } from './other-end.ts';

/** A ring in frame 5 of a PVH guest, and dom0's end of it. */
async function ring() {
  const domain = bootGuest(await testHypervisor(), { type: 'pvh', pages: 16 });
  return { ring: new GuestConsoleRing(domain, 5), other: new OtherEnd(domain, 5) };
}

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

t.test('bytes go both ways, also where rings and indices wrap', async (t) => {
  const { ring: guest, other } = await ring();
  for (const index of Object.values(INDEX)) other.setIndex(index, 2 ** 32 - 700);
  for (let round = 0; round < 20; round += 1) {
    const line = `${round}: ${'x'.repeat(300 + round)}`;
    t.equal(guest.put(bytes(line)), line.length);
    t.equal(other.fetch(), line);
    other.type(line);
    t.equal(text(guest.take()), line);
  }
  t.equal(guest.take().length, 0);
});

t.test('a nearly full ring takes what it has room for', async (t) => {
  const { ring: guest, other } = await ring();
  t.equal(guest.put(new Uint8Array(3000).fill(65)), 2048);
  t.equal(guest.put(bytes('more')), 0);
  t.equal(other.fetch(3), 'AAA');
  t.equal(guest.put(bytes('more')), 3);
  t.equal(other.fetch().slice(-3), 'mor');
});

t.test('with invalid indices the ring is empty for reading and full for writing', async (t) => {
  const { ring: guest, other } = await ring();
  other.setIndex(INDEX.typed, 1025);
  t.equal(guest.take().length, 0);
  other.setIndex(INDEX.fetched, 77);
  t.equal(guest.put(bytes('x')), 0);
});
