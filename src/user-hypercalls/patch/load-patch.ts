// Makes hypercalls of patches against Xen, and commands of Xen's own hypercalls.

import { say } from '../../language/say.ts';
import type { Abi } from '../../xen/abi/abi.ts';
import type { Struct } from '../../xen/abi/layout.ts';
import { u64 } from '../arguments.ts';
import type { UserHypercall } from '../define.ts';
import { LoadError } from '../load-error.ts';
import type { UserOperation } from '../user-operation.ts';
import type { Xen } from '../xen.ts';
import { markBeyondRelease } from './beyond-release.ts';
import { type AddedCase, partChanges } from './cases.ts';
import { ChangedTree } from './changed-tree.ts';
import { type CompiledFunction, compilePatch } from './compile-patch.ts';
import type { Place } from './diff.ts';
import { addedOptions } from './kconfig.ts';
import type { Line } from './known-file.ts';
import { Numbers, objects } from './numbers.ts';
import { functionIn, nothingFound } from './refused/nothing-found.ts';
import { releaseFacts, releaseFor } from './release.ts';
import { commandOwner, releaseNumbers } from './release-numbers.ts';
import { SourceTree } from './source-tree.ts';
import { type SourceItem, sourceItems } from './sources.ts';
import { callerKind } from './tables/caller-kind.ts';
import type { Note } from './tables/note.ts';
import { type PlannedRow, planRows } from './tables/plan.ts';
import { shortRows, undeclared } from './tables/prototypes.ts';
import { withoutGenerated } from './tables/without-generated.ts';
import { TreeItems } from './tree-items.ts';

export interface LoadedPatches {
  readonly hypercalls: UserHypercall[];
  readonly operations: UserOperation[];
  readonly notes: readonly Note[];
}

/** Loads what patches add to Xen, applied in the order given. Throws LoadError. */
export function loadPatches(files: readonly string[], abi: Abi): LoadedPatches {
  return loadTree(ChangedTree.ofPatches(files), files[0] ?? '', abi);
}

/** Loads what a source tree, with patches applied to it, has beyond its release. Throws LoadError. */
export function loadSources(directory: string, patches: readonly string[], abi: Abi): LoadedPatches {
  const source = new SourceTree(directory);
  const tree = ChangedTree.ofPatches(patches, (path) => source.get(path));
  markBeyondRelease(tree, source, abi);
  const loaded = loadTree(tree, source.root, abi, source);
  const { version } = source;
  if (version === abi.version) return loaded;
  const text =
    version === undefined
      ? say('its Makefile does not say which Xen it is: it is compared with Xen {compared}', { compared: abi.version })
      : say('it is Xen {version}, but compared with Xen {compared}: give --xen {version}', {
          version,
          compared: abi.version,
        });
  return { ...loaded, notes: [{ level: 'warn', at: { file: source.root, line: 1 }, text }, ...loaded.notes] };
}

/** Loads what a changed tree has beyond its release. `file` is the file that messages name if they have no line. Throws LoadError. */
function loadTree(tree: ChangedTree, file: string, abi: Abi, source?: SourceTree): LoadedPatches {
  const items = sourceItems(tree);
  const removed = tree.removedNames();
  const headers = source?.publicHeaders((path) => tree.get(path)?.text) ?? [];
  const numbers = new Numbers(items, releaseNumbers(abi), headers, removed);
  const plan = planRows(tree, numbers, (path) => releaseFor(abi.version, path), releaseFacts(abi.version));
  const owner = (hypercall: string, number: number) => commandOwner(abi, hypercall, number);
  const changes = partChanges({ items, numbers, owner, removed });
  const { rows: planned, notes: generated } = withoutGenerated(plan.rows, items);
  const rows = planned.filter(
    (row) => (row.functions.size > 0 || !isOwn(abi, row.number)) && !isUnchanged(row, items, abi),
  );
  refuseUnknown(changes.cases, rows, abi);
  if (rows.length === 0 && changes.cases.length === 0) {
    if (source === undefined) throw new LoadError(file, nothingFound(file, items, changes, { removed, abi }));
    const text = say('nothing beyond Xen {compared}: no number, no entry in a table, no command of its own', {
      compared: abi.version,
    });
    return { hypercalls: [], operations: [], notes: [{ level: 'warn', at: { file, line: 1 }, text }] };
  }
  const symbols = [...new Set(rows.flatMap(({ functions }) => [...functions.values()]))];
  const more = source && new TreeItems(tree, source, items);
  const places = plan.symbols;
  const compiled = compilePatch({ file, tree, items, symbols, places, cases: changes.cases, numbers, abi, more });
  return {
    hypercalls: rows.map((row) => hypercallOf(row, compiled.functions)),
    operations: changes.cases.flatMap((added, index) =>
      operationsOf(added, compiled.cases[index], compiled.taken[index]),
    ),
    notes: once([
      ...plan.notes,
      ...addedOptions(tree).notes,
      ...generated,
      ...missingObjects(tree, items, symbols, source),
      ...compiled.notes,
      ...(source === undefined ? undeclared(places, items) : []),
      ...shortRows(plan.counts, rows, (symbol) => compiled.functions.get(symbol)?.names.length),
      ...leftOut(changes.others),
    ]),
  };
}

/** Without repetitions: a line of a table may concern several kinds of guests. */
function once(notes: readonly Note[]): Note[] {
  return [...new Map(notes.map((note) => [`${note.at.file}:${note.at.line}: ${note.text}`, note])).values()];
}

/** The commands of a case. */
function operationsOf(
  { frame, labels, at }: AddedCase,
  compiled: CompiledFunction | undefined,
  argument: Struct | undefined,
): UserOperation[] {
  return labels.map(({ name, number }) => ({
    of: frame.hypercall,
    name: name.replace(
      /^(XEN_DOMCTL|XEN_SYSCTL|XENMEM|XENVER|EVTCHNOP|GNTTABOP|SCHEDOP|PHYSDEVOP|VCPUOP|XENPF|HVMOP|CONSOLEIO|XEN_DMOP)_/,
      '',
    ),
    number,
    argument,
    source: `${at.file}:${at.line}`,
    handler: (xen: Xen) =>
      compiled?.call([0, 1, 2, 3, 4].map((index) => xen.call.u64(index)).concat(BigInt(number)), xen),
  }));
}

/** A number's row: the function that the caller's table has there. */
function hypercallOf(row: PlannedRow, compiled: ReadonlyMap<string, CompiledFunction>): UserHypercall {
  const { number, name, functions, absence, at } = row;
  const main = compiled.get(functions.get('pv64') ?? [...functions.values()][0] ?? '');
  const longest =
    [...functions.values()].map((symbol) => compiled.get(symbol)?.names ?? []).sort((a, b) => b.length - a.length)[0] ??
    [];
  return {
    name,
    number,
    args: Object.fromEntries(longest.slice(0, 5).map((argument) => [argument, u64])),
    ...(main !== undefined && { prototype: main.parameters }),
    structs: main?.structs,
    guests: new Set(functions.keys()),
    source: main?.source ?? `${at.file}:${at.line}`,
    absent: (call) => (functions.has(callerKind(call)) ? undefined : absence(callerKind(call))),
    handler(decoded, xen) {
      const symbol = functions.get(callerKind(xen.call)) ?? '';
      return compiled.get(symbol)?.call(Object.values(decoded) as bigint[], xen); // u64 decodes to bigint
    },
  };
}

function isOwn(abi: Abi, number: number): boolean {
  return Object.values(abi.hypercalls).includes(number);
}

/** An entry of the release that a patch rewrites, for instance with a comma: the model serves it. */
function isUnchanged({ number, functions }: PlannedRow, items: readonly SourceItem[], abi: Abi): boolean {
  const own = Object.entries(abi.hypercalls).find(([, each]) => each === number)?.[0];
  return (
    own !== undefined &&
    [...functions.values()].every(
      (symbol) =>
        symbol.endsWith(`_${own}`) &&
        !items.some((item) => item.kind !== 'part' && item.added && item.provides.has(symbol)),
    )
  );
}

/** Throws LoadError for a command of a hypercall that neither the release nor the patch has. */
function refuseUnknown(cases: readonly AddedCase[], rows: readonly PlannedRow[], abi: Abi): void {
  for (const { frame, at } of cases) {
    const name = frame.hypercall;
    if (abi.hypercalls[name] !== undefined || rows.some((row) => row.name === name)) continue;
    throw new LoadError(
      at.file,
      say(
        '{file}:{line}: Xen {version} has no {name}, to which this command would belong: choose another release (--xen)',
        {
          file: at.file,
          line: at.line,
          version: abi.version,
          name,
        },
      ),
    );
  }
}

/** New C files that no Makefile of the patch names. */
function missingObjects(
  tree: ChangedTree,
  items: readonly SourceItem[],
  symbols: readonly string[],
  source: SourceTree | undefined,
): Note[] {
  const named = objects(tree);
  const notes: Note[] = [];
  for (const path of new Set(items.map((item) => item.path))) {
    const first = items.find((item) => item.path === path);
    if (!path.endsWith('.c') || tree.get(path)?.isNew !== true || first === undefined) continue;
    if (!items.some((item) => item.path === path && symbols.some((symbol) => item.provides.has(symbol)))) continue;
    if ([...named].some((name) => name === path || (name.endsWith('/') && path.startsWith(name)))) continue;
    const folder = path.slice(0, path.lastIndexOf('/'));
    const object = path.slice(folder.length + 1).replace(/\.c$/, '.o');
    if (source?.get(`${folder}/Makefile`)?.text.includes(object) === true) continue;
    notes.push({
      level: 'info',
      isMistake: true,
      at: first.lines[0]?.at as Place,
      text: say(
        `no Makefile of the patch names {path}: add "obj-y += {object}" to {folder}/Makefile, else Xen's link fails`,
        { path, object, folder },
      ),
    });
  }
  return notes;
}

/** Added lines of functions that Xen has already: where they are, by function. */
function leftOut(others: readonly { line: Line; path: string; head: string }[]): Note[] {
  const byFunction = new Map<string, { at: Place; last: number; count: number; text: string }>();
  for (const { line, path, head } of others) {
    const name = functionIn(head);
    const text = name === undefined ? path : say('{name} in {path}', { name, path });
    const known = byFunction.get(text);
    if (known === undefined) byFunction.set(text, { at: line.at, last: line.at.line, count: 1, text });
    else {
      known.last = line.at.line;
      known.count += 1;
    }
  }
  return [...byFunction.values()].map(({ at, last, count, text }) => ({
    level: 'info',
    at,
    text: say("left out: {lines} added to {text}, code of Xen's own that only a real Xen runs", {
      lines: count === 1 ? say('a line') : say('{count} lines (to line {last})', { count, last }),
      text,
    }),
  }));
}
