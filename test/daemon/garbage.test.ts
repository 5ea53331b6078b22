import { fileURLToPath } from 'node:url';
import t from 'tap';
import { runCommand } from '../helpers/run-command.ts';

const program = fileURLToPath(new URL('fixtures/garbage.ts', import.meta.url));

t.test('a hypercall makes no garbage but, where V8 stores it as an object, one number', async (t) => {
  const { NODE_V8_COVERAGE: _, ...env } = process.env;
  const flags = ['--import=tsx', '--expose-gc', '--max-semi-space-size=64'];
  const { stdout, stderr } = await runCommand(process.execPath, [...flags, program], { env });
  t.equal(stderr, '');
  // The address of the argument is over 31 bits: depending on the order of its optimisations, V8 stores it in 16 bytes of its own. An object
  // for each call took 88. What the measurement itself takes is spread over all calls.
  t.ok(Number(stdout) < 24, `${stdout.trim()} bytes a call`);
});
