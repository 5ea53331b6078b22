import fc from 'fast-check';
import t from 'tap';
import * as ioctls from '../../../src/drivers/privcmd/ioctls.ts';
import { addMappings } from '../../../src/drivers/privcmd/mappings.ts';
import { Privcmd } from '../../../src/drivers/privcmd/privcmd.ts';
import { fuzz, timeout } from '../../helpers/fuzz.ts';
import { violatedAccounts } from '../../xen/accounts.ts';
import { testHypervisor } from '../../xen/host.ts';
import { FakeCaller } from '../fake-caller.ts';

const caller = new FakeCaller(4096);
const commands = Object.entries(ioctls).flatMap(([name, number]) => (name.startsWith('IOCTL_') ? [number] : []));

const value = fc.oneof(
  { weight: 3, arbitrary: fc.bigInt({ min: 0n, max: 20n }) },
  fc.constantFrom(0x7ff0n, 0x7ff1n, 0x7ff4n, 65535n, 4096n, 2n ** 31n, 2n ** 32n - 1n, 2n ** 47n, 2n ** 64n - 1n),
  fc.integer({ min: 0, max: 511 }).map((at) => BigInt(caller.base + 8 * at)),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
);

const step = fc.record({
  command: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...commands) }, fc.nat({ max: 0xffffffff })),
  argument: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(caller.base, caller.base + 8) },
    fc.constantFrom(0, caller.base + 4090, 2 ** 47, 2 ** 53 - 1),
  ),
  memory: fc.array(value, { maxLength: 24 }),
  compat: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, fc.constant(true)),
  reopen: fc.boolean(),
});

t.test('no ioctl of privcmd throws, and each returns a result or an errno', { timeout }, async (t) => {
  await fuzz(
    t,
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (steps) => {
      const hypervisor = await testHypervisor();
      const thrown: unknown[] = [];
      hypervisor.hooks.handlerFailed.add((_row, error) => thrown.push(error));
      const domain = hypervisor.domains.get(0);
      if (domain === undefined) throw new Error('no dom0');
      const privcmd = new Privcmd({ hypervisor, domain });
      addMappings(privcmd);
      let file = privcmd.open();
      caller.bytes.fill(0);
      for (const { command, argument, memory, compat, reopen } of steps) {
        if (reopen) file = privcmd.open();
        for (const [index, word] of memory.entries()) caller.view.setBigUint64(8 * index, word, true);
        // Not a real thread: nothing may be injected into a caller here.
        const result = privcmd.ioctl({ state: file, memory: caller, command, argument, compat, tid: 0 });
        if (command !== ioctls.IOCTL_PRIVCMD_HYPERCALL && (!Number.isSafeInteger(Number(result)) || result < -4095)) {
          throw new Error(`ioctl ${command.toString(16)}: ${result}`);
        }
        if (thrown.length > 0) throw thrown[0];
        if (hypervisor.current !== undefined) throw new Error('a call is left under way');
        const wrong = violatedAccounts(hypervisor);
        if (wrong.length > 0) throw new Error(wrong.join('; '));
      }
    }),
  );
});
