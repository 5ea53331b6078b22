import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Comparison } from './compare.ts';

const file = fileURLToPath(new URL('../../data/real-xen/ratchet.json', import.meta.url));

interface Least {
  readonly results: number;
  readonly whole: number;
}

/** By release and group: the minimum number of answers that equal the real ones. Numbers only rise. */
export type Ratchet = Readonly<Record<string, Readonly<Record<string, Least>>>>;

export function readRatchet(): Ratchet {
  return JSON.parse(readFileSync(file, 'utf8')) as Ratchet; // written below
}

export function writeRatchet(comparisons: ReadonlyMap<string, Comparison>): void {
  const ratchet: Record<string, Record<string, Least>> = {};
  for (const [release, { byGroup }] of comparisons) {
    ratchet[release] = Object.fromEntries(
      [...byGroup].map(([group, { results, whole }]) => [group, { results, whole }]),
    );
  }
  writeFileSync(file, `${JSON.stringify(ratchet, null, 2)}\n`);
}
