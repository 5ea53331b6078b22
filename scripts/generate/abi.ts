// Makes src/xen/abi/data from a folder of ABI data: `node --import tsx scripts/generate/abi.ts [FOLDER]`, default data/abi.
// The folder's VERSION.json give, for each struct, its size and each field's [offset, size, C type]. A release's structs and
// numbers go into one module, so that a start reads nothing of the others. The modules hold JSON text, which both V8 and the
// type checker take in faster than the same object literal.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const source = process.argv[2] ?? 'data/abi';
const target = 'src/xen/abi/data';
mkdirSync(target, { recursive: true });

const write = (name: string, data: unknown) =>
  writeFileSync(
    join(target, `${name}.ts`),
    `// Made by scripts/generate/abi.ts.\nexport default JSON.parse(${JSON.stringify(JSON.stringify(data))}) as unknown;\n`,
  );
const read = (name: string): unknown => JSON.parse(readFileSync(join(source, name), 'utf8'));

/** A file that is an object by version. */
const byVersion = (name: string) => read(`${name}.json`) as Record<string, unknown>;
const hypercalls = byVersion('hypercalls');
const subOperations = byVersion('sub-operations');
for (const name of readdirSync(source)) {
  const version = /^(\d+\.\d+)\.json$/.exec(name)?.[1];
  if (version === undefined) continue;
  write(version, { hypercalls: hypercalls[version], subOperations: subOperations[version], structs: read(name) });
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
