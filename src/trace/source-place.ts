import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../package/place.ts';

/** Source maps by file, read once. */
const maps = new Map<string, SourceMap | undefined>();

/** Converts a "file:line:column" of the running code, which may be bundled, to "src/…/x.ts:line". */
export function sourcePlace(position: string): string {
  const [, file = '', line = '', column = ''] = /^(.*):(\d+):(\d+)$/.exec(position) ?? [];
  const path = file.startsWith('file:') ? fileURLToPath(file) : file;
  const entry = mapOf(path)?.findEntry(Number(line) - 1, Number(column) - 1);
  if (entry === undefined || !('originalSource' in entry)) return `${relative(packageRoot, path)}:${line}`;
  return `${relative(packageRoot, resolve(dirname(path), entry.originalSource))}:${entry.originalLine + 1}`;
}

/** The source map beside a bundle. */
function mapOf(path: string): SourceMap | undefined {
  if (!maps.has(path)) maps.set(path, readMap(path));
  return maps.get(path);
}

function readMap(path: string): SourceMap | undefined {
  if (!/\.c?js$/.test(path)) return undefined;
  try {
    return new SourceMap(JSON.parse(readFileSync(`${path}.map`, 'utf8')));
  } catch {
    return undefined; // there is no map: the position in the bundle is better than nothing
  }
}
