// Takes a hypercall out of a unified diff against Xen: its number, its place in the table, its function.

import { findHypercalls, findNumbers } from './parse.ts';

export interface PatchedHypercall {
  name: string;
  number: number | undefined;
  /** Where the table got its entry: a file and line of the diff's new side; undefined if it got none. */
  table: string | undefined;
}

export interface PatchSource {
  hypercalls: PatchedHypercall[];
  /** C text with the added functions and what else the same files add. */
  source: string;
}

interface Added {
  file: string;
  text: string;
}

/** Reads a diff of either layout: entry.S and traps.c before Xen 4.9, hypercall.c tables, hypercall-defs.c since 4.16. */
export function readPatch(diff: string): PatchSource {
  const files = addedLines(diff);
  const numbers = new Map<string, number>();
  for (const { text } of files) for (const [name, number] of findNumbers(text)) numbers.set(name, number);
  const hypercalls: PatchedHypercall[] = [];
  let source = '';
  for (const { file, text } of files) {
    if (!file.endsWith('.c') || file.endsWith('hypercall-defs.c')) continue;
    const found = findHypercalls(text);
    if (found.length === 0) continue;
    source += `/* ${file} */\n${text}\n`;
    for (const { name } of found) {
      hypercalls.push({ name, number: numbers.get(name), table: tableEntry(files, name) });
    }
  }
  return { hypercalls, source };
}

function tableEntry(files: readonly Added[], name: string): string | undefined {
  const entry = new RegExp(
    [
      `\\.(?:quad|long)\\s+do_${name}\\b`, // entry.S
      `(?:HYPERCALL|COMPAT_CALL|HYPERCALL_ARM|do_arm_hypercall)\\w*\\(\\s*${name}\\b`, // hypercall.c tables
      `\\[\\s*__HYPERVISOR_${name}\\s*\\]`, // traps.c and arm
      `^${name}\\s+(?:do|compat|hvm|dm|-)(?:[:\\s]|$)`, // hypercall-defs.c
    ].join('|'),
    'm',
  );
  return files.find(({ text }) => entry.test(text))?.file;
}

/** The lines that each file of the diff gains. */
function addedLines(diff: string): Added[] {
  const files: Added[] = [];
  let current: Added | undefined;
  for (const line of diff.split('\n')) {
    const head = /^\+\+\+ (?:b\/)?(\S+)/.exec(line);
    if (head) {
      current = { file: head[1] ?? '', text: '' };
      files.push(current);
    } else if (current && line.startsWith('+')) {
      current.text += `${line.slice(1)}\n`;
    }
  }
  return files;
}
