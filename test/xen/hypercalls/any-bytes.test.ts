import t from 'tap';
import { xenVersions } from '../../../src/xen/abi/abi.ts';
import { Control } from '../control.ts';
import { FakeGuest } from '../fake-guest.ts';
import { hypercall, testHypervisor } from '../host.ts';

const ROUNDS = 12;

/** A repeatable sequence of 31-bit numbers. */
function sequence(seed: number): () => number {
  let last = seed;
  return () => {
    last = (Math.imul(last, 1103515245) + 12345) & 0x7fffffff;
    return last >>> 4;
  };
}

t.test('no bytes make a sysctl or a domctl throw, in any release', async (t) => {
  for (const version of xenVersions) {
    const c = new Control(await testHypervisor({ version }), new FakeGuest());
    const random = sequence(1);
    const wrong = new Set<string>();
    let current = '';
    c.xen.hooks.handlerFailed.add((_row, error) => wrong.add(`${current}: ${error}`));
    let id = 0;
    for (const [family, number, structName, interfaceVersion] of [
      ['XEN_DOMCTL', 36, 'xen_domctl', c.xen.abi.domctlVersion],
      ['XEN_SYSCTL', 35, 'xen_sysctl', c.xen.abi.sysctlVersion],
    ] as const) {
      const struct = c.xen.abi.struct(structName);
      for (const [name, command] of Object.entries(c.xen.abi.subOperations(family))) {
        for (let round = 0; round < ROUNDS; round += 1) {
          current = `${family}_${name}`;
          if (!c.xen.domains.has(id) || id === 0) {
            id = version === '4.17' ? c.create() : 0;
            if (id !== 0) c.domctl('max_vcpus', id, { 'max_vcpus.max': 1 });
          }
          for (let at = 0; at < struct.size; at += 1) {
            c.guest.bytes[at] = [random(), random() % 8 === 0 ? 1 : 0, at % 8 < 2 ? random() : 0][round % 3] ?? 0;
          }
          // Some valid pointers.
          for (let at = 8; round % 4 === 0 && at + 8 <= struct.size; at += 8) {
            if (random() % 2 === 0) {
              c.guest.view.setBigUint64(at, BigInt(c.guest.base + 8192 + (random() % 4096)), true);
            }
          }
          struct.field('cmd').set(c.guest.view, command);
          struct.field('interface_version').set(c.guest.view, name === 'get_domain_state' ? 0 : interfaceVersion);
          if (family === 'XEN_DOMCTL') struct.field('domain').set(c.guest.view, id);
          const result = hypercall(c.xen, c.guest, number, [c.guest.base]);
          if (result > 0 || result < -132) wrong.add(`${current}: ${result}`);
        }
      }
    }
    t.same([...wrong], [], `Xen ${version}`);
  }
});
