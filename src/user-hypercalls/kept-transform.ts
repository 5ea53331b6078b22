import { createJiti, type TransformOptions, type TransformResult } from 'jiti';
import { KeptText } from '../package/kept-text.ts';

/**
 * Caches the results of jiti's transformation of TypeScript to JavaScript, because loading Babel takes longer than the rest of a start. A
 * result is used only for the same text of the same file with the same options.
 */
export function keptTransform(options: TransformOptions): TransformResult {
  const { filename = '' } = options;
  const kept = new KeptText(`transformed ${process.version}`, filename, JSON.stringify(options));
  const found = kept.read();
  if (found !== undefined) return { code: found };
  const code = createJiti(filename, { fsCache: false, sourceMaps: true }).transform(options);
  kept.write(code);
  return { code };
}
