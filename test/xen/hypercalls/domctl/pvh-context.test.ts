import t from 'tap';
import { errno } from '../../../../src/xen/errno.ts';
import { Control } from '../../control.ts';
import { FakeGuest } from '../../fake-guest.ts';
import { testHypervisor } from '../../host.ts';

/** HVM_SAVE_CODE(CPU). */
const CPU = 2;
const CONTEXT = 8192;

// Recorded on 4.17.7: setvcpucontext accepts an empty context for a PVH guest's virtual CPU, which does not start it.
t.test('after setvcpucontext a PVH guest’s virtual CPU still has no readable context and no save record', async (t) => {
  const c = new Control(await testHypervisor(), new FakeGuest());
  const id = c.create(3);
  t.equal(c.domctl('max_vcpus', id, { 'max_vcpus.max': 1 }), 0);
  const at = c.guest.base + CONTEXT;
  const context = (name: 'getvcpucontext' | 'setvcpucontext') => c.domctl(name, id, { 'vcpucontext.ctxt': at });
  const record = () =>
    c.domctl('gethvmcontext_partial', id, {
      'hvmcontext_partial.type': CPU,
      'hvmcontext_partial.bufsz': 8192,
      'hvmcontext_partial.buffer': at,
    });
  t.same([context('getvcpucontext'), record()], [-errno.ENODATA, -errno.ENODATA]);
  c.guest.bytes.fill(0, CONTEXT);
  t.equal(context('setvcpucontext'), 0);
  t.same([context('getvcpucontext'), record()], [-errno.ENODATA, -errno.ENODATA]);
});
