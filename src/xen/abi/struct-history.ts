import history from './data/structs.ts';
import type { StructData } from './layout.ts';

/** Written by scripts/generate/abi.ts: the history of each struct is a JSON text. */
const { releases, structs } = history as { releases: string[]; structs: Record<string, string> };

/** An entry that holds from a release on, given as its index in the list. An entry with only the release means that the struct is gone. */
type SizeRow = readonly [release: number, size?: number];
type FieldRow = readonly [release: number, offset?: number, size?: number, type?: string];

/** The layout of a struct in a release; undefined if that has no such struct. */
export function structAt(name: string, version: string): StructData | undefined {
  const text = Object.hasOwn(structs, name) ? structs[name] : undefined;
  if (text === undefined) return undefined;
  const release = releases.indexOf(version);
  const { sizes, fields } = JSON.parse(text) as { sizes: SizeRow[]; fields: Record<string, FieldRow[]> };
  const [, size] = rowAt(sizes, release) ?? [];
  if (size === undefined) return undefined;
  const present = Object.entries(fields).flatMap(([field, rows]): [string, [number, number, string]][] => {
    const [, offset, length, type] = rowAt(rows, release) ?? [];
    return offset === undefined || length === undefined || type === undefined ? [] : [[field, [offset, length, type]]];
  });
  present.sort(([, [a]], [, [b]]) => a - b); // some moved from one release to another; a struct still comes before its fields
  return { size, fields: Object.fromEntries(present) };
}

function rowAt<Row extends SizeRow | FieldRow>(rows: readonly Row[], release: number): Row | undefined {
  return rows.findLast(([from]) => from <= release);
}
