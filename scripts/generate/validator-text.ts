import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';

/** The text of data/validate.ts for a schema. */
export async function validatorText(schema: object, source: string): Promise<string> {
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, code: { source: true, esm: true } });
  const contents = standalone.default(ajv, ajv.compile(schema));
  // Includes the few functions of ajv that it calls.
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: '.' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    minifyWhitespace: true,
    lineLimit: 160,
  });
  const code = outputFiles[0]?.text ?? '';
  return `// @ts-nocheck\n// Written by scripts/generate/validators.ts from ${source}.\n${code}`;
}
