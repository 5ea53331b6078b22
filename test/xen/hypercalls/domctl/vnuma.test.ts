import t from 'tap';
import { errno } from '../../../../src/xen/errno.ts';
import { Control } from '../../control.ts';
import { FakeGuest } from '../../fake-guest.ts';
import { testHypervisor } from '../../host.ts';

/** Offsets of the lists from the guest's base, after the struct. */
const AT = { distances: 0x400, vcpus: 0x500, nodes: 0x600, ranges: 0x700 };
const RANGE_FLAGS = 16;

t.test('virtual nodes must exist, physical nodes must be possible, and flags must be zero', async (t) => {
  const c = new Control(await testHypervisor(), new FakeGuest());
  const { guest } = c;
  const id = c.create();
  const set = ({ vcpu = 0, node = 0, flags = 0, nodes = 1 }) => {
    guest.view.setUint32(AT.vcpus, vcpu, true);
    guest.view.setUint32(AT.nodes, node, true);
    guest.view.setUint32(AT.ranges + RANGE_FLAGS, flags, true);
    return c.domctl('setvnumainfo', id, {
      'vnuma.nr_vnodes': nodes,
      'vnuma.nr_vmemranges': 1,
      'vnuma.nr_vcpus': 1,
      'vnuma.vdistance': guest.base + AT.distances,
      'vnuma.vcpu_to_vnode': guest.base + AT.vcpus,
      'vnuma.vnode_to_pnode': guest.base + AT.nodes,
      'vnuma.vmemrange': guest.base + AT.ranges,
    });
  };
  t.equal(set({}), 0);
  t.ok(c.xen.domains.get(id)?.vnuma, 'it is kept');
  t.equal(set({ node: 63 }), 0, 'the last of MAX_NUMNODES');
  t.equal(set({ node: 64 }), -errno.E2BIG);
  t.equal(set({ vcpu: 1 }), -errno.E2BIG, 'a virtual CPU in a node beyond the last');
  t.equal(set({ vcpu: 1, nodes: 2 }), 0);
  t.equal(set({ flags: 1 }), -errno.EINVAL);
  t.equal(set({ nodes: 0 }), -errno.EINVAL);
});
