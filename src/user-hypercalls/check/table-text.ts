// The rows that hypercall files would have in Xen's table, as text.

import type { Abi } from '../../xen/abi/abi.ts';
import { hypercallTable } from '../../xen/hypercalls/table.ts';
import type { UserHypercall } from '../define.ts';
import type { LoadedGroup } from '../load.ts';
import type { GuestKind } from '../patch/tables/guest-kind.ts';
import type { UserOperation } from '../user-operation.ts';
import { shown } from './check-files.ts';

type Row = readonly [number: string, name: string, guests: readonly string[], source: string];

/** The kinds of guest that a 64-bit Xen distinguishes; releases 4.4 to 4.6 also had a table for PVH guests. */
function columnsOf({ major, minor }: Abi): GuestKind[] {
  return ['pv64', 'pv32', 'hvm64', 'hvm32', ...(major === 4 && minor >= 4 && minor <= 6 ? (['pvh64'] as const) : [])];
}

/** Empty if there is nothing. `directory`: what paths are relative to. */
export function tableText(groups: readonly LoadedGroup[], abi: Abi, directory: string): string {
  const columns = columnsOf(abi);
  const source = (at: string | undefined) => (at === undefined ? '' : shown(at, directory));
  const hypercalls = groups.flatMap((group) => group.hypercalls).sort((a, b) => a.number - b.number);
  const rows: Row[] = hypercalls.map((each) => [
    String(each.number),
    `${each.name}(${argumentsOf(each)})`,
    columns.map((kind) => (each.guests?.has(kind) === false ? '-' : 'do')),
    source(each.source),
  ]);
  const operations = groups.flatMap((group) => group.operations);
  const own = [...hypercallTable(abi).values()];
  for (const of of new Set(operations.map((each) => each.of))) {
    const row = own.find(({ name }) => name === of);
    const guests = columns.map((kind) => (kind.startsWith('pv') && kind !== 'pvh64' ? row?.pv : row?.hvm) ?? 'do');
    rows.push([String(row?.number ?? ''), of, guests, `Xen ${abi.version}`]);
    for (const each of operations.filter((operation) => operation.of === of).sort((a, b) => a.number - b.number))
      rows.push([`${each.number}`, `  ${each.name}(${structOf(each)})`, columns.map(() => ''), source(each.source)]);
  }
  return rows.length === 0 ? '' : aligned(columns, rows);
}

function argumentsOf({ args, prototype }: UserHypercall): string {
  const declared = Object.entries(args).map(([name, { cType }]) => `${cType}${cType.endsWith('*') ? '' : ' '}${name}`);
  return (prototype ?? declared).join(', ');
}

function structOf({ argument }: UserOperation): string {
  return argument === undefined ? '' : `struct ${argument.name}`;
}

/** Names up to this length widen the column; after a longer one, the rest goes on the next line. */
const MAX_NAME = 56;

function aligned(columns: readonly GuestKind[], rows: readonly Row[]): string {
  const head: Row = ['number', 'hypercall', columns, 'from'];
  const fitting = [head, ...rows].map(([, { length }]) => length).filter((length) => length <= MAX_NAME);
  const width = Math.max(...fitting);
  const line = ([number, name, guests, source]: Row): string => {
    const cells = guests.map((cell, index) => cell.padEnd(columns[index]?.length ?? 0)).join('  ');
    const rest = `${cells}  ${source}`.trimEnd();
    const start = `${number.padStart(6)}  ${name}`;
    return name.length > width
      ? `${start}\n${' '.repeat(width + 10)}${rest}\n`
      : `${start.padEnd(width + 10)}${rest}\n`;
  };
  return [head, ...rows].map(line).join('');
}
