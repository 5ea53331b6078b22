// What releases are known to answer that were not recorded: the sources are in src/xen/abi/unrecorded-behaviour.ts.

import t from 'tap';
import type { XenVersion } from '../../../src/xen/abi/abi.ts';
import { errno as E } from '../../../src/xen/errno.ts';
import { Control } from '../control.ts';
import { FakeGuest } from '../fake-guest.ts';
import { testHypervisor } from '../host.ts';

const control = async (version: XenVersion) => new Control(await testHypervisor({ version }), new FakeGuest());

t.test('SMT cannot be turned off: EOPNOTSUPP since 4.13, an unknown operation before', async (t) => {
  for (const [version, expected] of [
    ['4.12', -E.EINVAL],
    ['4.13', -E.EOPNOTSUPP],
    ['4.22', -E.EOPNOTSUPP],
  ] as const)
    t.equal((await control(version)).sysctl('cpu_hotplug', { 'cpu_hotplug.op': 3 }), expected, version);
});

t.test('max_vcpus adds none to those that there are: EBUSY since 4.5, EINVAL before', async (t) => {
  for (const [version, expected] of [
    ['4.4', -E.EINVAL],
    ['4.5', -E.EBUSY],
    ['4.11', -E.EBUSY],
  ] as const) {
    const c = await control(version);
    t.equal(c.domctl('createdomain', 0), 0);
    const domain = c.out('domain');
    t.equal(c.domctl('max_vcpus', domain, { 'max_vcpus.max': 1 }), 0);
    t.equal(c.domctl('max_vcpus', domain, { 'max_vcpus.max': 2 }), expected, version);
  }
});

t.test('physinfo tells of HAP, shadow and IOMMU from 4.13 on', async (t) => {
  const capabilities = async (version: XenVersion) => {
    const c = await control(version);
    t.equal(c.sysctl('physinfo'), 0);
    return c.out('physinfo.capabilities', 'xen_sysctl');
  };
  const [before, since, last] = [await capabilities('4.12'), await capabilities('4.13'), await capabilities('4.14')];
  t.not(before, since);
  t.equal(since, last, 'as recorded on 4.14.6');
});
