// What xl requests of a running guest through xenstore, and whether the guest does it.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { fauxen } from '../helpers/fauxen.ts';
import { withoutTools } from '../helpers/in-dom0.ts';
import { quoted } from '../helpers/quoted.ts';

const skip = withoutTools;
const timeout = 50_000;
const wait = 'until_() { for _ in $(seq 100); do eval "$1" && return; sleep 0.1; done; echo "not: $1"; }';

async function run(t: Test, yaml: string, script: string) {
  const folder = t.testdir();
  const scenario = join(folder, 'host.yaml');
  writeFileSync(scenario, yaml);
  const command = [
    'run',
    '--toolstack',
    '--scenario',
    scenario,
    '--',
    'bash',
    '-c',
    `cd ${quoted(folder)}\n${wait}\n${script}`,
  ];
  return fauxen(command, { timeout });
}

const host =
  'domains:\n  - { name: one, type: pvh, memory: 64M, vcpus: 2, maxVcpus: 4 }\n  - { name: two, memory: 64M }\n';

t.test("a scenario's guests have a configuration that xl works with", { skip }, async (t) => {
  const { stdout, stderr } = await run(t, host, `xl list -l | grep -o '"name": "[a-z]*"'`);
  t.equal(stderr, '');
  t.equal(stdout, '"name": "one"\n"name": "two"\n');
});

t.test('a guest returns memory and takes it again', { skip }, async (t) => {
  const { stdout, stderr } = await run(
    t,
    host,
    `column() { xl list one | awk 'NR == 2 { print $3 }'; }
     xl mem-set one 32 && until_ '[ $(column) -le 33 ]' && column
     xl mem-set one 64 && until_ '[ $(column) -ge 64 ]' && column`,
  );
  t.equal(stderr, '');
  t.equal(stdout, '32\n64\n');
});

t.test('a guest brings virtual CPUs online and offline', { skip }, async (t) => {
  const { stdout, stderr } = await run(
    t,
    host,
    `column() { xl list one | awk 'NR == 2 { print $4 }'; }
     column
     xl vcpu-set -i one 4 && until_ '[ $(column) = 4 ]' && column
     xl vcpu-set one 1 && until_ '[ $(column) = 1 ]' && column`,
  );
  t.equal(stderr, '');
  t.equal(stdout, '2\n4\n1\n');
});

t.test('a guest obeys sysrq', { skip }, async (t) => {
  const { stdout } = await run(
    t,
    host,
    `xl sysrq two c; until_ 'xl list two | grep -q sc'
     xl list | awk 'NR > 2 { print $1, $5 }'`,
  );
  t.equal(stdout, 'one -b----\ntwo ---sc-\n');
});
