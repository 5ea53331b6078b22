import { createJiti, type TransformOptions, type TransformResult } from 'jiti';
import { KeptFile } from '../package/kept-file.ts';

/** Files share a place by their names, so that no more than these are ever kept. */
const PLACES = 64;

/**
 * jiti's transformation of TypeScript to JavaScript, whose results are kept: to load Babel takes longer than all the rest of a start. A
 * result is used for the same text of the same file with the same options only.
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

/** A hash that is good enough to spread names: what is kept says itself what it is of. */
function placeOf(name: string): number {
  let hash = 0;
  for (let index = 0; index < name.length; index += 1) hash = (31 * hash + name.charCodeAt(index)) % 0x7fffffff;
  return hash % PLACES;
}
