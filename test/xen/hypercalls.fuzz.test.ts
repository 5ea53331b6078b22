import fc from 'fast-check';
import t from 'tap';
import { bootGuest } from '../../src/xen/domain/guest.ts';
import { addDomain } from '../../src/xen/domain/lifecycle.ts';
import { defaultMachine } from '../../src/xen/machine/machine.ts';
import { fuzz, timeout } from '../helpers/fuzz.ts';
import { violatedAccounts } from './accounts.ts';
import { FakeGuest } from './fake-guest.ts';
import { hypercall, testHypervisor } from './host.ts';

/** XENPF_INTERFACE_VERSION. */
const PLATFORM_VERSION = 0x03000001;

const SIZE = 8192;
const guest = new FakeGuest(SIZE);
const { base } = guest;

/** Critical numbers: limits, signs, domain ids, and their neighbours. */
const edge = fc.constantFrom(
  0n,
  1n,
  2n,
  3n,
  7n,
  64n,
  4096n,
  0x7fefn,
  0x7ff0n,
  0x7ff1n,
  0x7ff2n,
  0x7ff4n,
  65535n,
  2n ** 31n - 1n,
  2n ** 31n,
  2n ** 32n - 1n,
  2n ** 47n,
  2n ** 63n,
  2n ** 64n - 1n,
);
/** Into the guest's memory, at its end, and just beyond. */
const pointer = fc.oneof(
  fc.integer({ min: 0, max: SIZE / 8 - 1 }).map((at) => BigInt(base + 8 * at)),
  fc.constantFrom(BigInt(base + SIZE - 4), BigInt(base + SIZE), BigInt(base + 1)),
);
const value = fc.oneof(
  { weight: 3, arbitrary: fc.bigInt({ min: 0n, max: 40n }) },
  edge,
  pointer,
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
);

const rows = [...(await testHypervisor()).rows()];
const numbers = rows.map(({ number }) => number);

/** Every operation that the table lists: its number, and which argument points to its struct (0: the struct has the number). */
const operations = rows.flatMap(({ number, subOperations = [], argumentAt }) =>
  argumentAt === undefined
    ? []
    : subOperations.map((operation) => ({ number, command: operation.number, pointer: argumentAt.argument })),
);

/** 64 bits of a struct: two 32-bit fields, or four 16-bit ones. */
const word = fc.tuple(half(), half()).map(([low, high]) => low + high * 2n ** 32n);

/** A listed operation. Its struct and its other arguments (a virtual CPU, a count) hold small numbers and pointers. */
const listed = fc
  .record({
    operation: fc.constantFrom(...operations),
    words: fc.array(fc.oneof({ weight: 4, arbitrary: word }, { weight: 1, arbitrary: pointer }), {
      minLength: 8,
      maxLength: 16,
    }),
    domain: fc.bigInt({ min: 0n, max: 3n }),
    beside: fc.bigInt({ min: 0n, max: 3n }),
    domid: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ operation: { number, command, pointer: at }, words, domain, beside, domid }) => ({
    number,
    args: at === 0 ? [0n] : [BigInt(command), beside, beside],
    memory: at === 0 ? [BigInt(command), domain, ...words] : words,
    version: true,
    at,
    // Calls of a toolstack: others are refused before anything else.
    domid: at === 0 ? 0 : domid,
  }));

function half() {
  return fc.oneof(
    { weight: 6, arbitrary: fc.bigInt({ min: 0n, max: 4n }) },
    { weight: 2, arbitrary: fc.constantFrom(0x7ff0n, 0x7ff00000n, 0x10000n, 0x20000n, 0x10001n, 0x7ff00001n) },
    fc.bigInt({ min: 0n, max: 2n ** 32n - 1n }),
  );
}

const anything = fc.record({
  number: fc.oneof({ weight: 30, arbitrary: fc.constantFrom(...numbers) }, fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })),
  args: fc.array(value, { maxLength: 5 }),
  /** The memory behind the pointers: words from the guest's base on. */
  memory: fc.array(value, { maxLength: 24 }),
  /** Sysctl, domctl and platform_op refuse every version but their own. */
  version: fc.boolean(),
  /** The target of a pointer argument. */
  at: fc.integer({ min: 0, max: 3 }),
  domid: fc.integer({ min: 0, max: 3 }),
});

async function makeHypervisor() {
  const host = { uptime: () => 1_000_000_000n, wallclock: () => 0, random: (bytes: Uint8Array) => void bytes.fill(0) };
  // More operations work on Intel's CPUs.
  const machine = { ...defaultMachine(host), vendor: 'intel' as const };
  const xen = await testHypervisor({ commandLine: 'dom0_mem=1G,max:1G', machine });
  for (const [id, type] of [
    [1, 'pv'],
    [2, 'pvh'],
  ] as const) {
    addDomain(xen, { id, type, pool: xen.pools.first }).memory.maxPages = 100;
  }
  // A running guest, which can be monitored.
  bootGuest(xen, { id: 3, type: 'pvh', pages: 64, connected: true });
  // Grants of dom0 that domain 1 can map.
  const dom0 = xen.domains.get(0);
  const grants = dom0?.grants;
  const dom0Frame = [0x1000, 0x10000, 0x100000].find((frame) => dom0?.memory.pageOf(frame) !== undefined) ?? 0;
  for (let ref = 0; ref < 5; ref += 1) {
    grants?.grantAccess(ref, 1, dom0Frame + ref, ref === 3);
  }
  return xen;
}

/** Domain 1, which is PV, maps a grant of dom0 (address, flags, ref, domid), or unmaps a handle. */
const grant = fc
  .record({ maps: fc.boolean(), flags: fc.constantFrom(1n, 2n, 4n, 5n), ref: fc.bigInt({ min: 0n, max: 5n }) })
  .map(({ maps, flags, ref }) => ({
    number: 20,
    args: [maps ? 0n : 1n, BigInt(base), 1n],
    memory: maps ? [BigInt(base + 4096), flags + ref * 2n ** 32n, 0n] : [0n, 0n, ref],
    version: false,
    at: 5,
    domid: 1,
  }));

const call = fc.oneof(anything, { weight: 2, arbitrary: listed }, grant);

t.test('no sequence of hypercalls makes a handler throw or breaks the model’s invariants', { timeout }, async (t) => {
  // A new hypervisor for each run, so that a failure can be repeated and shrunk.
  await fuzz(
    t,
    fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 300, size: 'max' }), async (calls) => {
      const xen = await makeHypervisor();
      const thrown: string[] = [];
      xen.hooks.handlerFailed.add(({ name }, error) =>
        thrown.push(`${name}: ${error instanceof Error ? error.stack : error}`),
      );
      guest.bytes.fill(0);
      for (const { number, args, memory, version, at, domid } of calls) {
        for (const [index, word] of memory.entries()) guest.view.setBigUint64(8 * index, word, true);
        if (version && number === 36) guest.view.setUint32(4, xen.abi.domctlVersion, true);
        if (version && number === 35) guest.view.setUint32(4, xen.abi.sysctlVersion, true);
        if (version && number === 7) guest.view.setUint32(4, PLATFORM_VERSION, true);
        const given = [...args];
        if (at < given.length) given[at] = BigInt(base);
        const caller = xen.domains.has(domid) ? domid : 0;
        const result = hypercall(xen, guest, number, given, caller);
        if (typeof number === 'number' && !Number.isFinite(result)) thrown.push(`hypercall ${number}: ${result}`);
        if (thrown.length > 0) throw new Error(thrown.join('\n'));
        if (xen.current !== undefined) throw new Error(`hypercall ${number} left a call under way`);
        const wrong = violatedAccounts(xen);
        if (wrong.length > 0) throw new Error(`after hypercall ${number} by domain ${caller}: ${wrong.join('; ')}`);
      }
    }),
  );
});
