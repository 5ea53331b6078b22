// Makes src/xen/abi/data from a folder of ABI data: `node --import tsx scripts/generate/abi.ts [FOLDER]`, default data/abi.
// The folder's VERSION.json give, for each struct, its size and each field's [offset, size, C type]. A release's structs and
// numbers go into one module, so that a start reads nothing of the others. The modules hold JSON text, which both V8 and the
// type checker take in faster than the same object literal.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const source = process.argv[2] ?? 'data/abi';
const target = 'src/xen/abi/data';
mkdirSync(target, { recursive: true });
const HEAD = '// Made by scripts/generate/abi.ts.\n';
const text = (data: unknown) => `JSON.parse(${JSON.stringify(JSON.stringify(data))})`;

const write = (name: string, data: unknown) =>
  writeFileSync(join(target, `${name}.ts`), `${HEAD}export default ${text(data)} as unknown;\n`);
const read = (name: string): unknown => JSON.parse(readFileSync(join(source, name), 'utf8'));

/** Two structs are nearly all of a release's data, and many releases have them alike: each has a folder, with a file for each layout. */
const SHARED = { xen_domctl: 'domctl', xen_sysctl: 'sysctl' } as const;
for (const folder of Object.values(SHARED)) {
  rmSync(join(target, folder), { recursive: true, force: true });
  mkdirSync(join(target, folder), { recursive: true });
}
/** The file with a layout, by its text: named after the first release that has it. */
const files = new Map<string, string>();

function fileOf(struct: keyof typeof SHARED, layout: unknown, version: string): string {
  const key = `${struct} ${JSON.stringify(layout)}`;
  const known = files.get(key);
  if (known !== undefined) return known;
  const file = `${SHARED[struct]}/${version}`;
  write(file, layout);
  files.set(key, file);
  return file;
}

function writeRelease(version: string, structs: Record<string, unknown>, numbers: Record<string, unknown>): void {
  const { xen_domctl: domctl, xen_sysctl: sysctl, ...own } = structs;
  const module = [
    `import domctl from './${fileOf('xen_domctl', domctl, version)}.ts';`,
    `import sysctl from './${fileOf('xen_sysctl', sysctl, version)}.ts';\n`,
    `const { structs, ...numbers } = ${text({ ...numbers, structs: own })};`,
    'export default { ...numbers, structs: { xen_domctl: domctl, xen_sysctl: sysctl, ...structs } } as unknown;\n',
  ];
  writeFileSync(join(target, `${version}.ts`), HEAD + module.join('\n'));
}

/** A file that is an object by version. */
const byVersion = (name: string) => read(`${name}.json`) as Record<string, unknown>;
const hypercalls = byVersion('hypercalls');
const subOperations = byVersion('sub-operations');
const versions = readdirSync(source).flatMap((name) => /^(\d+\.\d+)\.json$/.exec(name)?.[1] ?? []);
versions.sort(
  (a, b) => Number(a.split('.')[0]) - Number(b.split('.')[0]) || Number(a.split('.')[1]) - Number(b.split('.')[1]),
);
for (const version of versions) {
  const structs = read(`${version}.json`) as Record<string, unknown>; // an object by struct's name
  writeRelease(version, structs, { hypercalls: hypercalls[version], subOperations: subOperations[version] });
}
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
