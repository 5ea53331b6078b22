/**
 * Repairs the coverage data that a test run left, for `tap report`. tsx's source maps leave out the sources,
 * Node then records `sourcesContent: [null]`, and v8-to-istanbul 9 takes null for an empty file: every file would be
 * reported at 100 %, also one with functions that nothing calls. This fills the sources in.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
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

for (const name of existsSync(folder) ? readdirSync(folder) : []) {
  const path = join(folder, name);
  const coverage = JSON.parse(readFileSync(path, 'utf8')) as Coverage;
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
