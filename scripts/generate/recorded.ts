// Writes src/explain/recorded-answers.ts: the errnos that a real Xen gave for each operation on each release, from the recordings in
// data/real-xen and data/conformance. Run it after `scripts/real-xen record`; a test fails if the file is out of date.
//
//   node --import=tsx scripts/generate/recorded.ts

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { nameOf, subOperation } from '../../src/explain/causes/sub-operation.ts';
import { loadAbi } from '../../src/xen/abi/abi.ts';
import type { GuestMemory } from '../../src/xen/call/guest-memory.ts';
import { errno } from '../../src/xen/errno.ts';
import { hypercallTable } from '../../src/xen/hypercalls/table.ts';
import {
  isRelease,
  parseAnswers,
  partsOf,
  RELEASES,
  type Release,
  readRecording,
  recorded,
} from '../../test/fidelity/answers.ts';
import { scriptOf } from '../../test/fidelity/walker.ts';

const DESTINATION = fileURLToPath(new URL('../../src/explain/recorded-answers.ts', import.meta.url));

/** The release of data/conformance, and the hypercalls by the names in the probe's lines. */
const PROBED = '4.17';
/** What the walk leaves out, asked by data/real-xen/refusals.c: release, operation, errno. */
const REFUSALS = fileURLToPath(new URL('../../data/real-xen/refusals.tsv', import.meta.url));
const PROBE = fileURLToPath(new URL('../../data/conformance/probe-proc.tsv', import.meta.url));
const PROBE_WORDS: Readonly<Record<string, string>> = {
  con: 'console_io',
  domctl: 'domctl',
  evt: 'event_channel_op',
  gnt: 'grant_table_op',
  hvm: 'hvm_op',
  hypfs: 'hypfs_op',
  mem: 'memory_op',
  sched: 'sched_op',
  sysctl: 'sysctl',
  ver: 'xen_version',
  xsm: 'xsm_op',
};

/** Address of the script's first buffer. */
const BUFFERS = 0x10_0000;

interface Asked {
  readonly number: number;
  readonly args: readonly bigint[];
  /** The first word of each buffer. */
  readonly words: ReadonlyMap<number, number>;
}

/** The call of each line of a walk, by the line's id. walker.c describes the script's instructions. */
function askedBy(script: string): Map<string, Asked> {
  const asked = new Map<string, Asked>();
  let words = new Map<number, number>();
  let call: Omit<Asked, 'words'> | undefined;
  const numberIn = (text = ''): bigint => {
    if (text.startsWith('&')) return BigInt(BUFFERS * (1 + Number.parseInt(text.slice(1), 16)));
    return text.startsWith('$') ? 0n : BigInt(`0x${text}`);
  };
  for (const line of script.split('\n')) {
    const [kind, ...rest] = line.split(' ');
    if (kind === 'N' && rest[1] === '0')
      words.set(Number.parseInt(rest[0] ?? '', 16), Number(numberIn(rest[3]) & 0xffffffffn));
    if (kind === 'C') call = { number: Number.parseInt(rest[0] ?? '', 16), args: rest.slice(1).map(numberIn) };
    if (kind !== 'E') continue;
    if (call !== undefined) asked.set(line.slice(2).split('\t')[0] ?? '', { ...call, words });
    words = new Map();
    call = undefined;
  }
  return asked;
}

/** The script's buffers, of which only the first word matters. */
const memoryOf = ({ words }: Asked) =>
  ({
    read(address: number, into: Uint8Array) {
      const index = address / BUFFERS - 1;
      if (!Number.isInteger(index) || index < 0) return 0;
      new DataView(into.buffer, into.byteOffset).setUint32(0, words.get(index) ?? 0, true);
      return 4;
    },
  }) as unknown as GuestMemory; // only this part is used

function written(key: string, bits: number): string {
  if (key.endsWith('@')) return `${key}${bits}`;
  return bits === 2 ** RELEASES.length - 1 ? key : `${key}=${bits}`;
}

/** The text of the table: a line an operation, with the errnos, each with the releases' bits unless dom0 got it from all ("=", "@" for a guest). */
export async function recordedAnswers(): Promise<string> {
  const bits = new Map<string, Map<string, number>>();
  const note = (name: string, key: string, release: Release) => {
    const errnos = bits.get(name) ?? new Map<string, number>();
    errnos.set(key, (errnos.get(key) ?? 0) | (1 << RELEASES.indexOf(release)));
    bits.set(name, errnos);
  };
  for (const recording of recorded()) {
    const { release, guest } = partsOf(recording);
    const asked = askedBy(await scriptOf(release, ''));
    const rows = hypercallTable(await loadAbi(release));
    for (const answer of readRecording(recording)) {
      const call = asked.get(answer.id);
      const row = rows.get(call?.number ?? -1);
      if (call === undefined || row === undefined || !(answer.errno in errno)) continue;
      if (guest !== undefined && answer.errno !== 'EPERM') continue; // all others are dom0's answers too
      const name = nameOf(row, subOperation(row, call.args, memoryOf(call)));
      note(name, guest === undefined ? answer.errno : `${answer.errno}@`, release);
    }
  }
  const rows = [...hypercallTable(await loadAbi(PROBED)).values()];
  for (const answer of parseAnswers(readFileSync(PROBE, 'utf8'))) {
    const [word = '', command] = answer.id.split('.');
    const row = rows.find(({ name, number }) =>
      word === 'num' ? String(number) === command : name === PROBE_WORDS[word],
    );
    if (row === undefined || !(answer.errno in errno)) continue;
    const sub = row.subOperations?.find(({ name }) => name === command || name === `${command}_op`);
    // Not specific to a command: a wrong interface version.
    if (sub === undefined && row.subOperations !== undefined && answer.errno !== 'EACCES') continue;
    note(nameOf(row, sub), answer.errno, PROBED);
  }
  for (const line of readFileSync(REFUSALS, 'utf8').trim().split('\n')) {
    const [release = '', operation = '', code = ''] = line.split('\t');
    if (isRelease(release) && code in errno) note(operation, code, release);
  }
  const lines = [...bits]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, errnos]) => {
      const before = bits.get(name.split(' ', 1)[0] ?? '');
      const own = [...errnos].filter(
        ([key, bit]) => !(name.includes(' ') && key === 'EFAULT' && before?.get(key) === bit),
      );
      return `${name}:${own
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([key, bit]) => written(key, bit))
        .join(' ')}`;
    });
  return lines.join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(
    DESTINATION,
    `// Written by scripts/generate/recorded.ts from data/real-xen and data/conformance.

/** The releases whose answers are recorded; the lowest bit is the first's. */
export const RECORDED_RELEASES = ${JSON.stringify(RELEASES).replaceAll('"', "'").replaceAll(',', ', ')} as const;

/** The errnos that a real Xen gave dom0 for each operation; "=bits" where not all releases did, "@bits" from a guest. */
export const recordedAnswers = \`${await recordedAnswers()}\`;
`,
  );
}
