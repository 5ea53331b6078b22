// Makes src/user-hypercalls/patch/data/releases.ts from Xen's own history: `node --import tsx scripts/generate/hypercall-tables.ts XEN.git`.
// It takes only facts: the names in each table and their order, and the commands of each dispatcher.

import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import { dispatcherOf } from '../../src/user-hypercalls/patch/dispatchers.ts';
import { itemsOf } from '../../src/user-hypercalls/patch/items.ts';
import { type KnownFile, wholeFile } from '../../src/user-hypercalls/patch/known-file.ts';
import type { ReleaseFacts } from '../../src/user-hypercalls/patch/release.ts';
import { TableReader, tokenText } from '../../src/user-hypercalls/patch/tables/table-text.ts';
import { isHypervisor } from '../../src/user-hypercalls/patch/xen-path.ts';
import { type XenVersion, xenVersions } from '../../src/xen/abi/abi.ts';

const repository = process.argv[2];
if (repository === undefined) throw new Error('give the path of a git repository of Xen');
const git = (...args: string[]) =>
  execFileSync('git', ['--git-dir', repository, ...args], { encoding: 'utf8', maxBuffer: 2 ** 28 });

/** Each release's tag in that repository. */
const reference = (version: string) => (version === '3.2' ? '3.2.0-rc6' : `stable-${version}`);

const facts: Record<string, ReleaseFacts> = {};
/** The first and last release that has a given source file of the hypervisor for x86. */
const files: Record<string, [XenVersion, XenVersion]> = {};
for (const version of xenVersions) {
  facts[version] = factsOf(reference(version));
  for (const path of git('ls-tree', '-r', '--name-only', reference(version), 'xen').split('\n')) {
    if (/\.[ch]$/.test(path) && isHypervisor(path)) files[path] = [files[path]?.[0] ?? version, version];
  }
}
mkdirSync('src/user-hypercalls/patch/data', { recursive: true });
// Packed, because the npm package may have 500 kB.
const json = JSON.stringify({ releases: facts, files });
const params = { [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: json.length };
writeFileSync(
  'src/user-hypercalls/patch/data/releases.ts',
  `// Made by scripts/generate/hypercall-tables.ts.
import { brotliDecompressSync } from 'node:zlib';

const packed =
  '${brotliCompressSync(json, { params }).toString('base64')}';
export default (): unknown => JSON.parse(String(brotliDecompressSync(Buffer.from(packed, 'base64'))));
`,
);

function factsOf(ref: string): ReleaseFacts {
  const paths = git('ls-tree', '-r', '--name-only', ref, 'xen').split('\n');
  const candidates = paths.filter((path) =>
    /^xen\/arch\/x86\/(.*entry\.S|.*hypercall\.c|hvm\/hvm\.c)$|^xen\/include\/hypercall-defs\.c$/.test(path),
  );
  const tables: ReleaseFacts['tables'] = {};
  for (const path of candidates) {
    const reader = new TableReader(path);
    let label: string | undefined;
    for (const line of git('show', `${ref}:${path}`).split('\n')) {
      const token = reader.read(line);
      if (token?.kind === 'label') label = /hypercall|^table$/.test(token.label) ? token.label : undefined;
      else if (/^\};/.test(line)) label = undefined;
      else if (token !== undefined && label !== undefined) {
        tables[path] ??= {};
        tables[path][label] ??= [];
        tables[path][label]?.push(tokenText(token));
      }
    }
  }
  const config =
    paths.find((path) => /include\/asm(-x86)?\/config\.h$/.test(path) && !/arm|ia64|riscv|ppc/.test(path)) ?? '';
  const limit = Number(/NR_hypercalls\s+(\d+)/.exec(git('show', `${ref}:${config}`))?.[1] ?? 64);
  const sources = paths.filter((path) => /^xen\/(common|arch\/x86|xsm)\/.*\.c$/.test(path) && !/x86_32/.test(path));
  const dispatchers: ReleaseFacts['dispatchers'] = {};
  for (const path of sources) {
    if (
      !/domctl|sysctl|hvm|kernel|memory|mm|event_channel|grant_table|schedule|core|physdev|platform|domain|console|kexec|tmem|vpmu|dm|hypfs|argo|hypercall|compat|flask|traps|multicall|op/.test(
        path,
      )
    )
      continue;
    const text = git('show', `${ref}:${path}`);
    for (const [name, cases] of dispatcherCases(wholeFile(path, text))) dispatchers[name] = { file: path, cases };
  }
  return { limit, tables, dispatchers };
}

/** The labels of each dispatcher in a complete file; macros by their names. */
function dispatcherCases(file: KnownFile): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { kind, head, code } of file.pieces.flatMap((piece) => itemsOf(piece, true))) {
    const name = kind === 'definition' && code.join('').includes('{') ? dispatcherOf(head) : undefined;
    const cases = [...code.join('\n').matchAll(/\bcase\s+([A-Z]\w*)/g)].map(([, label = '']) => label);
    if (name !== undefined && cases.length > 0) found.set(name, [...new Set(cases)]);
  }
  return found;
}
