// Makes src/xen/abi/data from a folder of ABI data: `node --import tsx scripts/generate/abi.ts [FOLDER]`, default data/abi.
// For each struct, the folder's VERSION.json files have its size and each field's [offset, size, C type]. Each release's numbers go
// into a separate module, so that a start reads only one of them. The structs of all releases go into one module as changes from one
// release to the next, which takes a third of the size. The modules hold JSON text, which V8 and the type checker read faster than
// an object literal.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const source = process.argv[2] ?? 'data/abi';
const target = 'src/xen/abi/data';
mkdirSync(target, { recursive: true });
const HEAD = '// Made by scripts/generate/abi.ts.\n';

const write = (name: string, data: unknown) =>
  writeFileSync(
    join(target, `${name}.ts`),
    `${HEAD}export default JSON.parse(${JSON.stringify(JSON.stringify(data))}) as unknown;\n`,
  );
const read = (name: string): unknown => JSON.parse(readFileSync(join(source, name), 'utf8'));

type Layout = { size: number; fields: Record<string, unknown[]> };
/** What is valid from a release on, given by its index in the list of releases. */
type From<T> = [release: number, ...what: T[]][];
/** A struct in all releases, as changes. A row with only the release means that the struct is absent. */
type History = { sizes: From<number>; fields: Record<string, From<unknown>> };

function historyOf(layouts: (Layout | undefined)[]): History {
  const sizes: From<number> = [];
  const fields: Record<string, From<unknown>> = {};
  for (const name of fieldNames(layouts)) fields[name] = [];
  for (const [release, layout] of layouts.entries()) {
    add(sizes, release, layout === undefined ? [] : [layout.size]);
    for (const [name, rows] of Object.entries(fields)) add(rows, release, layout?.fields[name] ?? []);
  }
  return { sizes, fields };
}

function add<T>(rows: From<T>, release: number, what: T[]): void {
  const last = rows.at(-1)?.slice(1) ?? [];
  if (JSON.stringify(last) !== JSON.stringify(what)) rows.push([release, ...what]);
}

/** In declaration order: a new field is inserted after its predecessor in its release. */
function fieldNames(layouts: (Layout | undefined)[]): string[] {
  const names: string[] = [];
  for (const layout of layouts) {
    let at = 0;
    for (const name of Object.keys(layout?.fields ?? {})) {
      const known = names.indexOf(name);
      if (known < 0) names.splice(at, 0, name);
      at = known < 0 ? at + 1 : known + 1;
    }
  }
  return names;
}

/** A file that contains an object by version. */
const byVersion = (name: string) => read(`${name}.json`) as Record<string, unknown>;
const hypercalls = byVersion('hypercalls');
const subOperations = byVersion('sub-operations');
const versions = readdirSync(source).flatMap((name) => /^(\d+\.\d+)\.json$/.exec(name)?.[1] ?? []);
versions.sort(
  (a, b) => Number(a.split('.')[0]) - Number(b.split('.')[0]) || Number(a.split('.')[1]) - Number(b.split('.')[1]),
);
for (const version of versions)
  write(version, { hypercalls: hypercalls[version], subOperations: subOperations[version] });
const releases = versions.map((version) => read(`${version}.json`) as Record<string, Layout>);
const structs = [...new Set(releases.flatMap((each) => Object.keys(each)))];
// JSON in JSON: a start parses only the structs that it needs.
const histories = structs.map((name) => [name, JSON.stringify(historyOf(releases.map((each) => each[name])))]);
write('structs', { releases: versions, structs: Object.fromEntries(histories) });
const { master: _, ...interfaceVersions } = byVersion('interface-versions');
write('interface-versions', interfaceVersions);
write('stable', parseConstants(readFileSync(join(source, 'constants-4.17.txt'), 'utf8')));

/** The structs outside sysctl, domctl and platform_op, whose layout does not depend on the version. */
function parseConstants(text: string) {
  const structs: Record<string, { size: number; fields: Record<string, [number, number, string]> }> = {};
  let current: (typeof structs)[string] | undefined;
  for (const line of text.split('\n')) {
    const head = /^(\S.*?)\s+size\s+(\d+)$/.exec(line);
    const field = /^ {2}(\S+)\s+\+(\d+)\s+(\d+)$/.exec(line);
    if (head) {
      current = { size: Number(head[2]), fields: {} };
      structs[(head[1] ?? '').replace(/^struct /, '')] = current;
    } else if (field && current) {
      current.fields[field[1] ?? ''] = [Number(field[2]), Number(field[3]), ''];
    } else {
      current = undefined;
    }
  }
  return structs;
}
