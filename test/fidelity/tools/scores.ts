import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Release } from '../answers.ts';
import type { ToolComparison } from './compare-tools.ts';

const file = fileURLToPath(new URL('../../../data/real-xen/tools.json', import.meta.url));

export type ToolScores = Readonly<Partial<Record<Release, ToolComparison>>>;

/** The last results of `scripts/real-xen tools`, for docs/fidelity.md. */
export function readToolScores(): ToolScores {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as ToolScores) : {}; // written below
}

export function writeToolScores(scores: ToolScores): void {
  writeFileSync(file, `${JSON.stringify(scores, null, 2)}\n`);
}
