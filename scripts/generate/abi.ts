// Makes src/xen/abi/data from a folder of ABI data: `node --import tsx scripts/generate/abi.ts [../shared/abi]`.
// The folder's VERSION.json give, for each struct, its size and each field's [offset, size, C type]. The modules hold JSON
// text, which both V8 and the type checker take in faster than the same object literal.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const source = process.argv[2] ?? '../shared/abi';
const target = 'src/xen/abi/data';
mkdirSync(target, { recursive: true });

const write = (name: string, data: unknown) =>
  writeFileSync(
    join(target, `${name}.ts`),
    `// Made by scripts/generate/abi.ts.\nexport default JSON.parse(${JSON.stringify(JSON.stringify(data))}) as unknown;\n`,
  );
const read = (name: string): unknown => JSON.parse(readFileSync(join(source, name), 'utf8'));

for (const name of readdirSync(source)) {
  if (/^\d+\.\d+\.json$/.test(name)) write(name.slice(0, -'.json'.length), read(name));
}
for (const name of ['hypercalls', 'interface-versions', 'sub-operations']) {
  const all = read(`${name}.json`) as Record<string, unknown>; // the files are objects by version
  delete all['master'];
  write(name, all);
}
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
