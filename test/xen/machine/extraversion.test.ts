import t from 'tap';
import { xenVersions } from '../../../src/xen/abi/abi.ts';
import { FakeGuest } from '../fake-guest.ts';
import { hypercall, testHypervisor } from '../host.ts';

const [XEN_VERSION, EXTRAVERSION] = [17, 1];

t.test('a release reports the recorded point release, or its first', async (t) => {
  const recorded: Record<string, string> = { '4.14': '.6', '4.17': '.7', '4.20': '.5-pre' };
  for (const version of xenVersions) {
    const xen = await testHypervisor({ version });
    const guest = new FakeGuest();
    t.equal(hypercall(xen, guest, XEN_VERSION, [EXTRAVERSION, guest.base]), 0);
    const end = guest.bytes.indexOf(0);
    t.equal(Buffer.from(guest.bytes.subarray(0, end)).toString(), recorded[version] ?? '.0', version);
  }
});
