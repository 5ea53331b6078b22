import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadAbi } from '../../src/xen/abi/abi.ts';
import {
  groupOf,
  isRecording,
  isRelease,
  merge,
  parseAnswers,
  partsOf,
  RELEASES,
  type Recording,
  type Release,
  readRecording,
  recorded,
  recordingOf,
  recordings,
  writeAnswers,
} from './answers.ts';
import { type Comparison, compare, report } from './compare.ts';
import { fidelityDocument } from './document.ts';
import { groups } from './groups.ts';
import { askBoth, hunt } from './hunt.ts';
import { panicOf, runReal, walkOnce } from './machine/real.ts';
import { walkGuest } from './machine/real-guest.ts';
import { writeRatchet } from './ratchet.ts';
import { readToolScores } from './tools/scores.ts';
import { readUnseen, writeUnseen } from './unseen.ts';
import { checkout, compileWalker, inFolder, scriptOf, walkAs } from './walker.ts';

/** A user's mistake: reported without a stack. */
class Misuse extends Error {}

function release(text: string | undefined): Release {
  if (text === undefined || !isRelease(text))
    throw new Misuse(`${text ?? 'no release'}: the releases are ${RELEASES.join(', ')}`);
  return text;
}

function recordingNamed(text: string): Recording {
  if (!isRecording(text)) throw new Misuse(`${text}: there are ${recordings.join(', ')}`);
  return text;
}

function checkGroups(names: readonly string[]): void {
  for (const name of names) {
    if (!(name in groups)) throw new Misuse(`no group ${name}: the groups are ${Object.keys(groups).join(', ')}`);
  }
}

/** The walk on the real Xen. A group that crashes the machine is reported and left out; the next one follows after another boot. */
function walkReal(recording: Recording, script: string, names: readonly string[]): string {
  const { release: on, guest } = partsOf(recording);
  return inFolder((folder) => {
    const walker = compileWalker(folder);
    let text = '';
    let rest = names.length > 0 ? names : Object.keys(groups);
    while (rest.length > 0) {
      const walked =
        guest === undefined ? walkOnce(on, walker, script, rest) : walkGuest(on, guest, walker, script, rest);
      text += walked.text;
      if (walked.died === undefined) break;
      process.stderr.write(
        `real-xen: the real Xen ${recording} ended in group ${walked.died.group}: ${walked.died.panic}\n`,
      );
      rest = rest.slice(rest.indexOf(walked.died.group) + 1);
    }
    return text;
  });
}

async function walk(args: string[]): Promise<void> {
  const options = {
    xen: { type: 'string', default: '4.17' },
    salt: { type: 'string', default: '' },
    real: { type: 'boolean' },
    script: { type: 'boolean' },
  } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  checkGroups(positionals);
  const recording = recordingNamed(values.xen);
  const script = await scriptOf(partsOf(recording).release, values.salt, positionals);
  process.stdout.write(
    values.script ? script : values.real ? walkReal(recording, script, positionals) : walkAs(recording, script),
  );
}

async function compareAnswers(args: string[]): Promise<void> {
  const options = { xen: { type: 'string' }, show: { type: 'string', default: '3' } } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  checkGroups(positionals);
  for (const on of values.xen === undefined ? recorded() : [recordingNamed(values.xen)]) {
    const answers = readRecording(on).filter(
      (answer) => positionals.length === 0 || positionals.includes(groupOf(answer)),
    );
    const got = parseAnswers(walkAs(on, await scriptOf(partsOf(on).release, '', positionals)));
    process.stdout.write(`Xen ${on}: ${report(compare(answers, got), Number(values.show))}\n\n`);
  }
}

/** Recordings (default: all releases from dom0) and groups (default: all); other answers stay as they are. */
async function record(args: string[]): Promise<void> {
  const asked = args.filter(isRecording);
  const names = args.filter((word) => !isRecording(word));
  checkGroups(names);
  for (const on of asked.length === 0 ? RELEASES : asked) {
    const script = await scriptOf(partsOf(on).release, '');
    const [first = [], second = []] = [1, 2].map(() => parseAnswers(walkReal(on, script, names)));
    const merged = merge(first, second);
    const kept = names.length === 0 ? [] : readRecording(on).filter((answer) => !names.includes(groupOf(answer)));
    const order = Object.keys(groups);
    const all = [...kept, ...merged].sort((a, b) => order.indexOf(groupOf(a)) - order.indexOf(groupOf(b)));
    mkdirSync(dirname(recordingOf(on)), { recursive: true });
    writeFileSync(recordingOf(on), writeAnswers(all));
    process.stderr.write(`real-xen: ${merged.length} answers of Xen ${on}\n`);
  }
}

/** A static program, or a script that starts with #!. */
function run(args: string[]): number {
  const options = { keep: { type: 'string' } } as const;
  const separated = args.findIndex((word) => isRelease(word));
  if (separated < 0) throw new Misuse('use: scripts/real-xen run [--keep CONSOLE] RELEASE PROGRAM [ARGUMENT…]');
  const { values } = parseArgs({ args: args.slice(0, separated), options });
  const [on, program, ...rest] = args.slice(separated);
  if (program === undefined) throw new Misuse('run what? scripts/real-xen run RELEASE PROGRAM [ARGUMENT…]');
  const bytes = readFileSync(program);
  if (bytes.includes('/lib64/ld-linux'))
    throw new Misuse(`${program} needs libraries, which dom0 lacks: link it with -static`);
  const ran = runReal(release(on), ['/program', ...rest], { program });
  process.stdout.write(ran.stdout);
  process.stderr.write(ran.stderr);
  if (values.keep !== undefined) writeFileSync(values.keep, ran.console, 'latin1');
  if (ran.status === undefined)
    process.stderr.write(`real-xen: the machine ended: ${panicOf(ran.console) ?? 'its time was up (T=SECONDS)'}\n`);
  return ran.status ?? 125;
}

/** Known differences are not reported again. Each new one is described, and written as a C program to build/hunt. */
async function huntFor(args: string[]): Promise<void> {
  const options = { minutes: { type: 'string', default: '10' }, seed: { type: 'string' } } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const on = release(positionals[0]);
  const minutes = Number(values.minutes);
  if (!(minutes > 0)) throw new Misuse(`--minutes ${values.minutes}: a number of minutes is expected`);
  const seed = values.seed ?? String(Date.now());
  const folder = mkdtempSync(join(tmpdir(), 'fauxen-hunt-'));
  const log = (line: string) => process.stderr.write(`hunt: ${line}\n`);
  log(`Xen ${on}, seed ${seed}; --seed ${seed} repeats it`);
  let number = 0;
  const abi = await loadAbi(on);
  const both = askBoth(on, abi, compileWalker(folder), log);
  const count = hunt({
    abi,
    minutes,
    seed,
    both,
    log,
    found({ difference: { real, words }, steps, program }) {
      const file = join(folder, `difference-${++number}.c`);
      writeFileSync(file, program);
      process.stdout.write(
        `${number}. after ${steps.length - 1} calls: ${real.id.split('.').slice(2).join('.')} (${real.asked}): ${words}\n   ${file}\n`,
      );
    },
  });
  log(`${count} differences`);
  process.exitCode = count > 0 ? 1 : 0;
}

/** Runs a new sequence on real Xens, in two boots each, and records for docs/fidelity.md how many of Fauxen's answers agree. */
async function unseen(args: string[]): Promise<void> {
  const options = { salt: { type: 'string', default: String(Date.now()) } } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  for (const on of positionals.length === 0 ? RELEASES : positionals.map(recordingNamed)) {
    const script = await scriptOf(partsOf(on).release, values.salt);
    const [first = [], second = []] = [1, 2].map(() => parseAnswers(walkReal(on, script, [])));
    const comparison = compare(merge(first, second), parseAnswers(walkAs(on, script)));
    writeUnseen({ ...readUnseen(), [on]: { salt: values.salt, ...comparison.total } });
    process.stdout.write(`Xen ${on}, salt ${values.salt}: ${report(comparison, 3)}\n\n`);
  }
}

/** Rewrites the numbers that the test enforces and docs/fidelity.md, for all releases. */
async function ratchet(): Promise<void> {
  const comparisons = new Map<Recording, Comparison>();
  for (const on of recorded())
    comparisons.set(on, compare(readRecording(on), parseAnswers(walkAs(on, await scriptOf(partsOf(on).release, '')))));
  writeRatchet(comparisons);
  writeFileSync(join(checkout, 'docs/fidelity.md'), fidelityDocument(comparisons, readUnseen(), readToolScores()));
}

const [command, ...args] = process.argv.slice(2);
try {
  if (command === 'walk') await walk(args);
  else if (command === 'compare') await compareAnswers(args);
  else if (command === 'record') await record(args);
  else if (command === 'run') process.exitCode = run(args);
  else if (command === 'hunt') await huntFor(args);
  else if (command === 'ratchet') await ratchet();
  else if (command === 'unseen') await unseen(args);
  else throw new Misuse(`unknown command ${command}`);
} catch (error) {
  if (!(error instanceof Misuse) && !(error instanceof TypeError && 'code' in error)) throw error;
  process.stderr.write(`real-xen: ${error.message}\n`);
  process.exitCode = 2;
}
