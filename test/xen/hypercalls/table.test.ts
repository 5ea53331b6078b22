import { readFileSync } from 'node:fs';
import t from 'tap';
import { DEFAULT_XEN_VERSION, loadAllAbis } from '../../../src/xen/abi/abi.ts';
import { positionOf } from '../../../src/xen/call/place.ts';
import { otherLayout } from '../../../src/xen/call/release.ts';
import { addDomain } from '../../../src/xen/domain/lifecycle.ts';
import { errno } from '../../../src/xen/errno.ts';
import { hypercallTable, services } from '../../../src/xen/hypercalls/table.ts';
import { FakeGuest } from '../fake-guest.ts';
import { hypercall, testHypervisor } from '../host.ts';

const abis = await loadAllAbis();
const page = readFileSync('docs/hypercalls.md', 'utf8');

/** Operations with a number but no layout in a release: "hypercall operation", and the last such release. */
const withoutLayout = new Map([
  ['domctl gettscinfo', '4.5'],
  ['domctl settscinfo', '4.5'],
]);

t.test('every number of every release has a row, with the name and number of its header', (t) => {
  for (const abi of abis) {
    const table = hypercallTable(abi);
    const numbers = Object.values(abi.hypercalls);
    t.same([...table.keys()].sort(), [...numbers].sort(), `Xen ${abi.version}`);
    for (const row of table.values()) t.ok(row.parameters.length <= 5, `${row.name}: five arguments reach Xen`);
  }
  t.end();
});

for (const [name, { operations }] of services) {
  if (operations === undefined) continue;
  t.test(`${name}: its list, the ABI of each release and the documentation agree`, (t) => {
    const listed = operations.map((operation) => operation.name);
    t.equal(new Set(listed).size, listed.length, 'no operation is listed twice');
    const used = new Set<string>();
    for (const abi of abis) {
      const row = [...hypercallTable(abi).values()].find((each) => each.name === name);
      for (const sub of row?.subOperations ?? []) {
        used.add(sub.name);
        const last = withoutLayout.get(`${name} ${sub.name}`);
        if (!listed.includes(sub.name)) t.fail(`Xen ${abi.version}: ${sub.name} is not listed`);
        else if (
          (sub.status === otherLayout) !==
          abis.indexOf(abi) <= abis.findIndex(({ version }) => version === last)
        )
          t.fail(`Xen ${abi.version}: ${sub.name}: whether there is its layout is not as said above`);
        if (abi.version === DEFAULT_XEN_VERSION) {
          const section = page.slice(page.indexOf(`## ${name}\n`));
          t.match(section.slice(0, section.indexOf('\n## ') + 1 || undefined), `| ${sub.number} | ${sub.name} |`);
        }
        const position = sub.place && positionOf(sub.place);
        t.match(position, /src\/xen\/hypercalls\//, `${sub.name} knows where it is defined`);
      }
    }
    t.same(
      listed.filter((each) => !used.has(each)),
      [],
      'each is an operation of some release',
    );
    t.end();
  });
}

/** Whether a guest of a release has a hypercall (else ENOSYS): facts of Xen's own tables. */
const columns = [
  // version, hypercall, number, PV has it, HVM has it
  ['4.2', 'domctl', 36, true, false],
  ['4.3', 'domctl', 36, true, true],
  ['4.14', 'multicall', 13, true, false],
  ['4.15', 'multicall', 13, true, true],
  ['4.11', 'vm_assist', 21, true, false],
  ['4.12', 'vm_assist', 21, true, true],
  ['4.17', 'set_timer_op', 15, true, true],
  ['4.17', 'set_gdt', 2, true, false],
  ['4.17', 'xenoprof_op', 31, true, false],
  // Debian's 4.20.4 answers ENOSYS to each of its operations from a PV dom0 (group profiling of test/fidelity).
  ['4.20', 'xenoprof_op', 31, false, false],
  ['4.22', 'xenoprof_op', 31, false, false],
] as const;

for (const [version, name, number, pv, hvm] of columns) {
  t.test(`Xen ${version}: ${name} for PV and for HVM guests`, async (t) => {
    const xen = await testHypervisor({ version });
    const guest = new FakeGuest();
    const answers = (domid: number) => hypercall(xen, guest, number, [0, 99], domid) !== -errno.ENOSYS;
    t.equal(answers(0), pv, 'PV');
    addDomain(xen, { id: 1, type: 'hvm', pool: xen.pools.first });
    t.equal(answers(1), hvm, 'HVM');
  });
}
