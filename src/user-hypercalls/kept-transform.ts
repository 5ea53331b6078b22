import { createJiti, type TransformOptions, type TransformResult } from 'jiti';
import { KeptFile } from '../package/kept-file.ts';

/** The number of cached results. A file's name selects its slot, so there are never more. */
const PLACES = 64;

/**
 * Caches the results of jiti's transformation of TypeScript to JavaScript, because loading Babel takes longer than the rest of a start. A
 * result is used only for the same text of the same file with the same options.
 */
export function keptTransform(options: TransformOptions): TransformResult {
  const key = JSON.stringify(options);
  const kept = new KeptFile(`transformed-${placeOf(options.filename ?? '')}`, `transformed ${process.version}`);
  const found = kept.read()?.toString('utf8') ?? '';
  if (found.startsWith(`${key}\n`)) return { code: found.slice(key.length + 1) };
  const code = createJiti(options.filename ?? '', { fsCache: false, sourceMaps: true }).transform(options);
  kept.write(Buffer.from(`${key}\n${code}`));
  return { code };
}

/** A hash that only spreads names over slots: each cached result names its own file. */
function placeOf(name: string): number {
  let hash = 0;
  for (let index = 0; index < name.length; index += 1) hash = (31 * hash + name.charCodeAt(index)) % 0x7fffffff;
  return hash % PLACES;
}
