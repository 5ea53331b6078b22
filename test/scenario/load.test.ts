import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { validatorText } from '../../scripts/generate/validator-text.ts';
import { scenarioMachine } from '../../src/scenario/apply.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { bytesOf, secondsOf } from '../../src/scenario/quantities.ts';
import { scenarioSchema } from '../../src/scenario/schema.ts';
import { defaultMachine } from '../../src/xen/machine/machine.ts';
import { useCache } from '../helpers/use-cache.ts';

/** The errors of loadScenario for a text, without the file's name. */
async function mistakes(t: Test, text: string): Promise<string[]> {
  const file = `${t.testdir({ 'scenario.yaml': text })}/scenario.yaml`;
  try {
    await loadScenario(file);
    return [];
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return error.message.split('\n').map((line) => line.replace(`${file}:`, ''));
  }
}

t.test('sizes and times', async (t) => {
  t.equal(bytesOf(512), 512 * 2 ** 20);
  t.equal(bytesOf('4G'), 4 * 2 ** 30);
  t.equal(secondsOf(90), 90);
  t.equal(secondsOf('1d2h3m4s'), 86400 + 7200 + 180 + 4);
});

t.test("a machine's CPUs are AMD's, as recorded, or Intel's", async (t) => {
  const base = defaultMachine({ uptime: () => 0n, wallclock: () => 0, random: () => {} });
  t.equal(scenarioMachine(base, { machine: { cpus: 4 } }).vendor, 'amd');
  t.match(scenarioMachine(base, { machine: { cpu: 'intel' } }), { vendor: 'intel', cpus: 2, memory: 3 * 2 ** 30 });
  const epyc: typeof base = { ...base, cpuModel: 'amd-epyc' };
  t.match(scenarioMachine(epyc, { machine: { cpus: 4 } }), { vendor: 'amd', cpuModel: 'amd-epyc' });
  t.match(scenarioMachine(epyc, { machine: { cpu: 'intel-xeon' } }), { vendor: 'intel', cpuModel: 'intel-xeon' });
  t.match(scenarioMachine(epyc, { machine: { cpu: 'recorded' } }), { vendor: 'amd', cpuModel: undefined });
  t.match(await mistakes(t, 'machine: { cpu: via }\n'), [
    /\/machine\/cpu: must be one of recorded, amd, intel, amd-epyc, intel-xeon/,
  ]);
  t.match(await loadScenario('examples/scenarios/introspection.yaml'), { machine: { cpu: 'intel' } });
});

t.test('each mistake is reported with its line and path', async (t) => {
  const text = 'machine:\n  cpus: 2\ndomains:\n  - name: a\n    memory: lots\n    colour: red\n  - memory: 1G\n';
  t.strictSame(await mistakes(t, text), [
    '6: /domains/0/colour: is no property of a scenario',
    '5: /domains/0/memory: must be a number of MiB, a number with K, M, G or T, such as 4G, or a file with a dot or slash in its name, such as dump.lime',
    "7: /domains/1: must have required property 'name'",
  ]);
});

t.test('a console is a text or a script, and mistakes in a script are reported with their path', async (t) => {
  const text = (console: string) => `domains:\n  - name: a\n    memory: 1\n    console: ${console}\n`;
  t.strictSame(await mistakes(t, text('up')), []);
  t.strictSame(await mistakes(t, text('{text: up, prompt: "# ", answers: [{line: a, say: b, shutdown: crash}]}')), []);
  t.strictSame(await mistakes(t, text('7')), ['4: /domains/0/console: must be string,object']);
  t.strictSame(await mistakes(t, text('{answers: [{say: b}], colour: red}')), [
    '4: /domains/0/console/colour: is no property of a scenario',
    "4: /domains/0/console/answers/0: must have required property 'line'",
  ]);
  t.strictSame(await mistakes(t, 'built:\n  console:\n    shutdown: sleep\n'), [
    '3: /built/console/shutdown: must be one of poweroff, reboot, crash',
  ]);
});

t.test('names and CPUs are checked against each other', async (t) => {
  const text =
    'pools:\n  - {name: p, cpus: [7]}\ndomains:\n  - {name: a, memory: 1}\n  - {name: a, memory: 1, pool: q}\n';
  t.strictSame(await mistakes(t, text), [
    '2: /pools/0/cpus/0: the machine has 2 CPUs, 0 to 1',
    '5: /domains/1/name: the name a is used twice',
    '5: /domains/1/pool: there is no pool q',
  ]);
});

t.test('a thousand mistakes are counted', async (t) => {
  const found = await mistakes(t, `domains:\n${'  - {name: a}\n'.repeat(1000)}`);
  t.equal(found.length, 21);
  t.equal(found.at(-1), '... and 980 more mistakes');
});

t.test('broken YAML is reported with its line', async (t) => {
  t.match((await mistakes(t, 'domains: [\n  {name: a\n'))[0], /^3: /);
});

t.test('the published schema matches the checked one, and the examples pass', async (t) => {
  t.strictSame(JSON.parse(readFileSync('docs/scenario.schema.json', 'utf8')), scenarioSchema);
  t.equal(
    readFileSync('src/scenario/data/validate.ts', 'utf8'),
    await validatorText(scenarioSchema, 'src/scenario/schema.ts'),
  );
  t.equal((await loadScenario('examples/scenarios/small.yaml')).domains?.length, 4);
  t.equal((await loadScenario('examples/scenarios/thousand.yaml')).domains?.length, 1000);
});

t.test('a parsed scenario is cached by its text, and validated each time', async (t) => {
  const cache = join(t.testdir({ 'scenario.yaml': '' }), 'cache');
  useCache(t, cache);
  const file = join(t.testdirName, 'scenario.yaml');
  const names = async (text: string) => {
    writeFileSync(file, text);
    return (await loadScenario(file)).domains?.map(({ name }) => name);
  };
  const one = 'domains: [{name: one, memory: 128}]\n';
  t.strictSame(await names(one), ['one']);
  const [kept = ''] = readdirSync(cache);
  const whole = readFileSync(join(cache, kept), 'utf8');
  const replace = (from: string, to: string) => writeFileSync(join(cache, kept), whole.replace(from, to));

  replace('"name":"one"', '"name":"two"');
  t.strictSame(await names(one), ['two'], 'it is not parsed again');
  t.strictSame(await names(one.replace('one', 'new')), ['new'], 'another text is');

  for (const [from, to] of [
    ['"memory":', '"colour":'],
    ['{"domains"', '["domains"'],
  ] as const) {
    replace(from, to);
    t.strictSame(await names(one), ['one'], `${to} is no scenario: the file is parsed again`);
  }
});
