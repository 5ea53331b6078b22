// Commands that a patch adds to Xen's own hypercalls. Each is a `case` in a function of which the patch shows only a part.

import { say } from '../../language/say.ts';
import { LoadError } from '../load-error.ts';
import { conditionsBefore, unmatchedConditions } from './conditions.ts';
import type { Place } from './diff.ts';
import { dispatcherOf } from './dispatchers.ts';
import { type Frame, frames } from './frames.ts';
import type { Item } from './items.ts';
import type { Line } from './known-file.ts';
import type { Numbers } from './numbers.ts';
import type { SourceItem } from './sources.ts';
import { tablePath } from './tables/plan.ts';
import { TableReader } from './tables/table-text.ts';

/** One added case, or several labels with one body. */
export interface AddedCase {
  /** The file. */
  readonly path: string;
  readonly function: string;
  readonly frame: Frame;
  readonly labels: readonly { readonly name: string; readonly number: number }[];
  readonly lines: readonly Line[];
  /** Its text without comments. */
  readonly code: readonly string[];
  readonly at: Place;
}

/** What cases are found in, and what their labels mean. */
export interface CaseSearch {
  readonly items: readonly SourceItem[];
  readonly numbers: Numbers;
  /** The release's own command with a number. */
  owner(hypercall: string, number: number): string | undefined;
  /** Names that the patch takes away. */
  readonly removed: ReadonlySet<string>;
}

/** The cases added to dispatchers, and the other lines added to existing functions. */
export interface PartChanges {
  readonly cases: AddedCase[];
  /** Commands that the release also has: the model keeps serving them. */
  readonly known: string[];
  readonly others: { readonly line: Line; readonly path: string; readonly head: string }[];
}

/** A label of a case, and the constant that it names. */
export const label = /^\s*case\s+(\w+)\s*(?:\.\.\.\s*\w+\s*)?:/;

/** Goes through the parts of existing functions. Throws LoadError for a case that Xen's build would refuse, or that cannot stand alone. */
export function partChanges(search: CaseSearch): PartChanges {
  const { items, numbers, owner, removed } = search;
  const changes: PartChanges = { cases: [], known: [], others: [] };
  for (const item of items) {
    const own = item.lines.some(({ state }) => state === 'own');
    if (item.kind === 'directive' || !item.added || !own || !item.path.endsWith('.c')) continue;
    const name = dispatcherOf(item.head) ?? (isFunction(item.head) ? undefined : dispatcherByFile(item));
    if (item.path.endsWith('hypercall-defs.c')) continue;
    const table = tablePath.test(item.path) ? new TableReader(item.path) : undefined;
    const used = new Set<number>();
    if (name !== undefined) {
      for (let index = 0; index < item.lines.length; index += 1) {
        if (item.lines[index]?.state !== 'added' || !label.test(item.code[index] ?? '') || used.has(index)) continue;
        const end = endOf(item, index);
        const first = label.exec(item.code[index] ?? '')?.[1] ?? '';
        if (isPart(first) || isInner(item, index)) continue;
        const taken = owner(frames[name]?.hypercall ?? '', numbers.valueOf(first) ?? -1);
        // A command of Xen's that was moved, rewritten or renamed: the model keeps serving it.
        const isOld = taken !== undefined && item.lines.slice(index, end).some(({ state }) => state === 'own');
        if (taken === first || (isOld && removed.has(taken))) {
          changes.known.push(first);
          index = end - 1;
          continue;
        }
        const start = conditionsBefore(item, index);
        for (let each = start; each < end; each += 1) used.add(each);
        changes.cases.push(caseOf(item, name, { start, label: index, end }, search));
        index = end - 1;
      }
    }
    for (const [index, line] of item.lines.entries()) {
      const plain = line.state === 'added' && !used.has(index) && /\w/.test(item.code[index] ?? '');
      if (table?.read(line.text) !== undefined) continue;
      if (plain && !/^\s*#/.test(line.text)) changes.others.push({ line, path: item.path, head: item.head });
    }
  }
  return { ...changes, cases: changes.cases.filter((each) => !isExtraLabel(each, changes.cases)) };
}

/**
 * Whether a label was added before code of Xen's, in another switch than the command's own: a check of what all commands have in common,
 * for instance.
 */
function isExtraLabel(one: AddedCase, all: readonly AddedCase[]): boolean {
  if (hasBody(one)) return false;
  return all.some(
    (other) =>
      other !== one &&
      other.frame === one.frame &&
      hasBody(other) &&
      one.labels.some(({ number }) => other.labels.some((each) => each.number === number)),
  );
}

/** Whether the patch added code to it, not only labels. */
function hasBody({ lines, code }: AddedCase): boolean {
  return lines.some(
    ({ state }, index) => state === 'added' && /\w/.test((code[index] ?? '').replace(label, '').replace(/^\s*#.*/, '')),
  );
}

/** Whether a heading names a function; a label of a switch does not, and a heading may be missing. */
function isFunction(head: string): boolean {
  return /^[A-Za-z_][\w\s*]*?\b\w+\s*\(/.test(head) && !/^(case|default|if|for|while|switch)\b/.test(head.trim());
}

/** Constants that choose within one command have the same prefix as commands, but stand in a switch of their own. */
function isPart(name: string): boolean {
  return /^XEN_(DOMCTL|SYSCTL)_[A-Z]|_op_(?!v\d)\w|^HVMOP_altp2m_\w|^XENMEM_resource_(?!map)|_FLAG/.test(name);
}

/** The prefixes of commands, which distinguish them from the values of an inner switch. */
const commandPrefix =
  /^(XEN_DOMCTL|XEN_SYSCTL|XENMEM|XENVER|EVTCHNOP|GNTTABOP|SCHEDOP|PHYSDEVOP|VCPUOP|XENPF|HVMOP|CONSOLEIO|XEN_DMOP)_/;

/** Whether a label belongs to a switch within a command: the labels of Xen's around it, at the same depth, have another prefix. */
function isInner({ code, lines }: SourceItem, index: number): boolean {
  if (commandPrefix.test(label.exec(code[index] ?? '')?.[1] ?? '')) return false;
  const around: string[] = [];
  const look = (from: number, step: 1 | -1): void => {
    const [opening, closing] = step > 0 ? '{}' : '}{';
    let depth = 0;
    for (let each = from; each >= 0 && each < code.length && depth >= 0; each += step) {
      const line = code[each] ?? '';
      const name = depth === 0 && lines[each]?.state === 'own' ? label.exec(line)?.[1] : undefined;
      if (name !== undefined) around.push(name);
      for (const character of line) {
        if (character === opening) depth += 1;
        if (character === closing) depth -= 1;
      }
    }
  };
  look(index, 1);
  look(index - 1, -1);
  return around.length > 0 && !around.some((name) => commandPrefix.test(name));
}

/** A hunk's heading may be missing or a label. Then the names of the cases around identify the function. */
function dispatcherByFile({ path, code }: SourceItem): string | undefined {
  const prefixes: readonly [RegExp, RegExp, string][] = [
    [/\bcase\s+XEN_DOMCTL_/, /^xen\/arch\//, 'arch_do_domctl'],
    [/\bcase\s+XEN_DOMCTL_/, /./, 'do_domctl'],
    [/\bcase\s+XEN_SYSCTL_/, /^xen\/arch\//, 'arch_do_sysctl'],
    [/\bcase\s+XEN_SYSCTL_/, /./, 'do_sysctl'],
    [/\bcase\s+XENVER_/, /./, 'do_xen_version'],
    [/\bcase\s+HVMOP_/, /./, 'do_hvm_op'],
    [/\bcase\s+XENMEM_/, /^xen\/arch\//, 'arch_memory_op'],
    [/\bcase\s+XENMEM_/, /./, 'do_memory_op'],
    [/\bcase\s+EVTCHNOP_/, /./, 'do_event_channel_op'],
    [/\bcase\s+GNTTABOP_/, /./, 'do_grant_table_op'],
    [/\bcase\s+SCHEDOP_/, /./, 'do_sched_op'],
    [/\bcase\s+PHYSDEVOP_/, /./, 'do_physdev_op'],
    [/\bcase\s+XENPF_/, /./, 'do_platform_op'],
    [/\bcase\s+VCPUOP_/, /./, 'do_vcpu_op'],
    [/\bcase\s+CONSOLEIO_/, /./, 'do_console_io'],
    [/\bcase\s+XEN_DMOP_/, /./, 'dm_op'],
  ];
  const text = code.join('\n');
  return prefixes.find(([labels, file]) => labels.test(text) && file.test(path))?.[2];
}

/** The index after a case that begins at `start`: the next label of the same switch, or the end of the switch. */
export function endOf({ code }: Pick<Item, 'code'>, start: number): number {
  let depth = 0;
  let body = false;
  for (let index = start; index < code.length; index += 1) {
    const line = code[index] ?? '';
    const isLabel = depth === 0 && (label.test(line) || /^\s*default\s*:/.test(line));
    if (isLabel && body) return index;
    if (!isLabel && line.trim() !== '') body = true;
    if (isLabel && line.replace(label, '').trim() !== '') body = true;
    for (const character of line) {
      if (character === '{') depth += 1;
      else if (character === '}') depth -= 1;
      if (depth < 0) return index;
    }
  }
  return code.length;
}

/** The labels of the case itself, not those of a switch within it. */
function outerLabels(code: readonly string[]): string[] {
  const found: string[] = [];
  let depth = 0;
  for (const line of code) {
    const name = depth === 0 ? label.exec(line)?.[1] : undefined;
    if (name !== undefined) found.push(name);
    for (const character of line) depth += character === '{' ? 1 : character === '}' ? -1 : 0;
  }
  return found;
}

function caseOf(
  item: SourceItem,
  name: string,
  { start, label: first, end }: { readonly start: number; readonly label: number; readonly end: number },
  { numbers, owner, removed }: CaseSearch,
): AddedCase {
  const lines = item.lines.slice(start, end);
  const at = (item.lines[first] as Line).at; // the label is a line of the item
  const fail = (reason: string): never => {
    throw new LoadError(at.file, `${at.file}:${at.line}: ${reason}`);
  };
  const frame =
    frames[name] ??
    fail(say("a case of {name}, an existing function of Xen's: its commands cannot be taken out of a patch", { name }));
  const code = item.code.slice(start, end);
  const unmatched = unmatchedConditions(code);
  const labels = outerLabels(code).map((each) => {
    const number = /^\d/.test(each) ? Number(each) : numbers.valueOf(each);
    if (number === undefined)
      return fail(
        say('{macro} has no number: no file of the patch defines it, nor does this release of Xen', {
          macro: each,
        }),
      );
    const taken = owner(frame.hypercall, number);
    if (taken !== undefined && taken !== each && !removed.has(taken))
      fail(
        say("{macro} is {number}, as {taken} is: Xen's build stops at the duplicate case", {
          macro: each,
          number,
          taken,
        }),
      );
    return { name: each, number };
  });
  const kept = <T>(list: readonly T[]) => list.filter((_, index) => !unmatched.has(index));
  return { path: item.path, function: name, frame, labels, lines: kept(lines), code: kept(code), at };
}
