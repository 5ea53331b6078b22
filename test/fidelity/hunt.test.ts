import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import t from 'tap';
import { loadAbi } from '../../src/xen/abi/abi.ts';
import { missing } from '../helpers/capabilities.ts';
import { compile } from '../helpers/compile.ts';
import { parseAnswers } from './answers.ts';
import { cProgram } from './c-program.ts';
import { type AskBoth, type Found, hunt, shrink } from './hunt.ts';
import { Random } from './random.ts';
import { pool, type Step, scriptOfSequences, sequence } from './sequences.ts';
import { inFolder, walkFauxen } from './walker.ts';

/** A real Xen whose `operation` answers EBUSY after `cause` was called, and a Fauxen that does not. */
const pretended =
  (operation: string, cause: string): AskBoth =>
  (sequences) => {
    const lines = sequences.flatMap((steps, index) => {
      let caused = false;
      return steps.map((step, at) => {
        const busy = caused && step.operation.name === operation;
        caused ||= step.operation.name === cause;
        return { id: `s${index}.${at}.${step.operation.name}`, busy };
      });
    });
    const answers = (busy: boolean) =>
      parseAnswers(
        lines
          .map((line) => [line.id, ...(busy && line.busy ? ['-1', 'EBUSY'] : ['0', '0']), '', '', ''].join('\t'))
          .join('\n'),
      );
    return { real: answers(true), got: answers(false) };
  };

t.test('a difference is shrunk to the necessary calls', async (t) => {
  const all = pool(await loadAbi('4.17'));
  const random = new Random('shrink');
  const step = (name: string): Step => {
    const operation = all.find((each) => each.name === name);
    if (operation === undefined) throw new Error(`no operation ${name}`);
    return { operation, choice: [] };
  };
  const quiet = all.filter(({ name }) => name !== 'max_mem' && name !== 'max_vcpus');
  const [before, between] = [sequence(quiet, random), sequence(quiet, random).slice(0, 8)];
  const steps = [...before, step('max_mem'), ...between, step('max_vcpus')];
  const both = pretended('max_vcpus', 'max_mem');
  const id = `s0.${steps.length - 1}.max_vcpus`;
  const { real, got } = both([steps]);
  const difference = {
    kind: 'result' as const,
    words: '',
    real: real.find((each) => each.id === id) ?? t.fail(),
    got: got.at(-1),
  };
  if (typeof difference.real === 'boolean') return;
  const shortest = shrink(both, { steps, difference: { ...difference, real: difference.real } });
  if (shortest === undefined) return t.fail('it did not come back');
  t.ok(shortest.steps.length < steps.length);
  t.ok(shortest.steps.some(({ operation }) => operation.name === 'max_mem'));
  t.equal(shortest.steps.at(-1)?.operation.name, 'max_vcpus');
});

t.test('a hunt reports each cause once, with a program', async (t) => {
  const found: Found[] = [];
  const abi = await loadAbi('4.17');
  const options = { abi, minutes: 0.01, seed: 'test', log: () => {}, found: (each: Found) => found.push(each) };
  const count = hunt({ ...options, both: pretended('max_mem', 'max_mem') });
  t.equal(count, 1);
  t.match(found[0]?.program, /step \d+: max_mem[\s\S]*Xen answers -EBUSY, Fauxen 0[\s\S]*int main/);
});

t.test('a difference that does not recur is logged and not reported', async (t) => {
  const log: string[] = [];
  const abi = await loadAbi('4.17');
  let asked = 0;
  const both: AskBoth = (sequences) => pretended('max_mem', asked++ % 2 === 0 ? 'max_mem' : 'nothing')(sequences);
  const options = { abi, minutes: 0.005, seed: 'test', both, log: (line: string) => log.push(line) };
  t.equal(hunt({ ...options, found: () => t.fail('told') }), 0);
  t.match(log.join('\n'), /not seen again: s\d+\.\d+\.max_mem .*: Xen answers -EBUSY, Fauxen 0/);
});

t.test(
  'the program in C makes the calls of the sequence',
  { skip: missing('mount', 'gcc', 'static', 'ptrace') },
  async (t) => {
    const abi = await loadAbi('4.17');
    const random = new Random('program');
    const script = scriptOfSequences(abi, [sequence(pool(abi), random)]);
    const walked = parseAnswers(walkFauxen('4.17', script)).map(({ id, result }) => `${id} ${result}`);
    const printed = inFolder((folder) => {
      const file = join(folder, 'program.c');
      writeFileSync(file, cProgram(script, 'a test'));
      const program = compile(t, file, ['-static']);
      const command = [resolve('scripts/fauxen'), 'run', '--xen', '4.17', '--strict-memory', '--', program] as const;
      const { stdout } = spawnSync(command[0], command.slice(1), { encoding: 'utf8', timeout: 60_000 });
      return stdout.split('\n').filter((line) => line !== '');
    });
    t.same(
      printed.map((line) => `${line.slice(0, line.indexOf(' '))} ${/: (-?\d+) [^:]*$/.exec(line)?.[1]}`),
      walked,
    );
    t.ok(walked.length > 30);
  },
);
