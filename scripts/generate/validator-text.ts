import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';

/** A schema without what only readers need: ajv would keep it in the code. */
const withoutTexts = (schema: object): object =>
  JSON.parse(
    JSON.stringify(schema, (key, value: unknown) =>
      key === 'description' && typeof value === 'string' ? undefined : value,
    ),
  );

/** The text of data/validate.ts for a schema. */
export async function validatorText(schema: object, source: string): Promise<string> {
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, inlineRefs: false, code: { source: true, esm: true } });
  // Nobody reads where in the schema a mistake was found.
  const contents = standalone.default(ajv, ajv.compile(withoutTexts(schema))).replaceAll(/schemaPath:"[^"]*",/g, '');
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
