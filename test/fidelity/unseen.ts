import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Recording } from './answers.ts';
import type { Score } from './compare.ts';

const file = fileURLToPath(new URL('../../data/real-xen/unseen.json', import.meta.url));

/** Fauxen's result with a sequence that it had not been fixed for, when last measured. */
export interface Unseen extends Score {
  readonly salt: string;
}

export type UnseenScores = Readonly<Partial<Record<Recording, Unseen>>>;

export function readUnseen(): UnseenScores {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as UnseenScores) : {}; // written below
}

export function writeUnseen(scores: UnseenScores): void {
  writeFileSync(file, `${JSON.stringify(scores, null, 2)}\n`);
}
