import { fileURLToPath } from 'node:url';
import t from 'tap';
import { runCommand } from '../helpers/run-command.ts';

const program = fileURLToPath(new URL('fixtures/garbage.ts', import.meta.url));

t.test('a hypercall allocates nothing on the heap', async (t) => {
  const { NODE_V8_COVERAGE: _, ...env } = process.env;
  const flags = ['--import=tsx', '--expose-gc', '--max-semi-space-size=64'];
  const { stdout, stderr } = await runCommand(process.execPath, [...flags, program], { env });
  t.equal(stderr, '');
  // The smallest object, a number, takes 16 bytes; the measurement's own allocations are spread over all calls.
  t.ok(Number(stdout) < 8, `${stdout.trim()} bytes a call`);
});
