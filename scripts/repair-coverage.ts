/**
 * Repairs the coverage data of a test run for `tap report`. tsx's source maps omit the sources, so Node records
 * `sourcesContent: [null]`, which v8-to-istanbul 9 takes for an empty file: every file would be reported at 100 %. This adds the
 * sources.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = '.tap/coverage';

interface SourceMap {
  sources: string[];
  sourceRoot?: string;
  sourcesContent?: (string | null)[];
}

interface Coverage {
  'source-map-cache'?: Record<string, { data: SourceMap | null }>;
}

/** A process that is killed while it writes its coverage leaves a part of the file, which is removed: the report would fail. */
function parsed(path: string): Coverage | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Coverage;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    rmSync(path);
    return undefined;
  }
}

for (const name of existsSync(folder) ? readdirSync(folder) : []) {
  const path = join(folder, name);
  const coverage = parsed(path);
  if (coverage === undefined) continue;
  for (const [url, { data }] of Object.entries(coverage['source-map-cache'] ?? {})) {
    if (data === null || !url.startsWith('file:')) continue;
    data.sourcesContent = data.sources.map((source, index) => {
      const original = new URL((data.sourceRoot ?? '') + source, url);
      return (
        data.sourcesContent?.[index] ?? (existsSync(original) ? readFileSync(fileURLToPath(original), 'utf8') : null)
      );
    });
  }
  writeFileSync(path, JSON.stringify(coverage));
}
