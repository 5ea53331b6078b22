import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';

/** The releases whose real answers are recorded: Debian's 4.14.6, 4.17.7 and 4.20.4. */
export const RELEASES = ['4.14', '4.17', '4.20'] as const;
export type Release = (typeof RELEASES)[number];

export function isRelease(text: string): text is Release {
  return (RELEASES as readonly string[]).includes(text);
}

/** Guests in which the walk is recorded too: unprivileged, with a kernel whose privcmd may make any hypercall. */
export type Guest = 'pv' | 'pvh';
/** A recording: a release's answers to dom0, or to a guest ("4.17-pv"). */
export type Recording = Release | `${Release}-${Guest}`;

export const recordings: readonly Recording[] = [
  ...RELEASES,
  ...RELEASES.flatMap((release) => [`${release}-pv`, `${release}-pvh`] as const),
];

export function isRecording(text: string): text is Recording {
  return (recordings as readonly string[]).includes(text);
}

export function partsOf(recording: Recording): { readonly release: Release; readonly guest?: Guest } {
  const [release, guest] = recording.split('-') as [Release, Guest?]; // which its type guarantees
  return guest === undefined ? { release } : { release, guest };
}

/** A line of the walker: one hypercall and its results. */
export interface Answer {
  readonly id: string;
  readonly result: string;
  readonly errno: string;
  readonly asked: string;
  /** What the call changed in memory, "name=value" by words. */
  readonly changed: string;
  /** What it printed in Xen's console ring. */
  readonly ring: string;
}

/** Replaces what two boots of one Xen disagree about: any answer is right there. */
export const UNSTABLE = '?';

export function parseAnswers(text: string): Answer[] {
  const answers: Answer[] = [];
  for (const line of text.split('\n')) {
    const [id = '', result, errno, asked = '', changed = '', ring = ''] = line.split('\t');
    if (line.startsWith('#') || errno === undefined || result === undefined) continue;
    answers.push({ id, result, errno, asked, changed: changed.trim(), ring });
  }
  return answers;
}

export const groupOf = ({ id }: Answer): string => id.slice(0, id.indexOf('.'));

/** "name=value name=value" as a map; repeated names are numbered. */
export function fieldsOf(changed: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const word of changed.split(' ')) {
    if (word === '') continue;
    const at = word.indexOf('=');
    const name = at < 0 ? word : word.slice(0, at);
    let unique = name;
    for (let count = 2; fields.has(unique); count++) unique = `${name}#${count}`;
    fields.set(unique, at < 0 ? '' : word.slice(at + 1));
  }
  return fields;
}

/**
 * Messages without what differs from boot to boot: Xen's own addresses, counts, the CPU on which dom0 runs, frames that Xen took from its
 * heap for a guest or for trace buffers, and a complaint about the emulated machine's serial line.
 */
export const comparableRing = (ring: string): string =>
  ring
    .replace(/ffff[0-9a-f]{12}/g, 'ADDRESS')
    .replace(/\b[0-9a-f]{16}\b/g, 'NUMBER')
    .replace(/(reported crashed by domain \d+ on cpu#)\d+/g, '$1CPU')
    .replace(/-> \(0x[0-9a-f]+(,\d+,\d+\) not permitted)/g, '-> (FRAME$1')
    .replace(/(xentrace: p\d+ mfn) [0-9a-f]+/g, '$1 FRAME')
    .replace(/\(XEN\) uart interrupt taking more than \d+ms, switched to polling\\n/g, '');

/** Merges two boots into one recording: what they agree about, and UNSTABLE where they do not. */
export function merge(first: readonly Answer[], second: readonly Answer[]): Answer[] {
  const again = new Map(second.map((answer) => [answer.id, answer]));
  const merged: Answer[] = [];
  for (const one of first) {
    const other = again.get(one.id);
    if (other === undefined || other.asked !== one.asked) continue;
    const same = one.result === other.result && one.errno === other.errno;
    const mine = fieldsOf(one.changed);
    const theirs = fieldsOf(other.changed);
    const changed = [...new Set([...mine.keys(), ...theirs.keys()])].map((name) =>
      mine.get(name) === theirs.get(name) ? `${name}=${mine.get(name)}` : `${name}=${UNSTABLE}`,
    );
    merged.push({
      ...one,
      result: same ? one.result : UNSTABLE,
      errno: same ? one.errno : UNSTABLE,
      changed: changed.join(' '),
      ring: comparableRing(one.ring) === comparableRing(other.ring) ? one.ring : UNSTABLE,
    });
  }
  return merged;
}

export function writeAnswers(answers: readonly Answer[]): Buffer {
  const lines = answers.map(({ id, result, errno, asked, changed, ring }) =>
    [id, result, errno, asked, changed, ring].join('\t'),
  );
  const text = Buffer.from(`${lines.join('\n')}\n`);
  return brotliCompressSync(text, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
  });
}

export const recordingOf = (recording: Recording): string =>
  join(fileURLToPath(new URL('../../data/real-xen', import.meta.url)), `${recording}.tsv.br`);

/** The recordings that exist. */
export const recorded = (): Recording[] => recordings.filter((each) => existsSync(recordingOf(each)));

export function readRecording(recording: Recording): Answer[] {
  return parseAnswers(brotliDecompressSync(readFileSync(recordingOf(recording))).toString('utf8'));
}
