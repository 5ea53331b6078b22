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

/**
 * Puts the few values that the code takes from schemas in their places, so that esbuild can leave the schemas out. Of objects only the
 * names of their properties are asked for.
 */
function withoutSchemas(code: string): string {
  const declared = [...code.matchAll(/\bconst (schema\d+) = (\{.*?\});/g)];
  const schemas = Object.fromEntries(declared.map(([, name = '', json = '']) => [name, JSON.parse(json) as unknown]));
  const named: string[] = [];
  const replaced = code.replaceAll(/\b(schema\d+)((?:\.\w+)+)/g, (_, name: string, path: string) => {
    const value = path
      .slice(1)
      .split('.')
      .reduce<unknown>((part, key) => (part as Record<string, unknown>)[key], schemas[name]); // ajv has followed this path
    if (value === undefined) throw new Error(`${name} has no ${path}`);
    if (typeof value !== 'object' || Array.isArray(value) || value === null) return JSON.stringify(value);
    const names = Object.fromEntries(Object.keys(value).map((key) => [key, 0]));
    named.push(`const properties${named.length} = ${JSON.stringify(names)};`);
    return `properties${named.length - 1}`;
  });
  return `${replaced}\n${named.join('\n')}`;
}

/** The text of data/validate.ts for a schema. */
export async function validatorText(schema: object, source: string): Promise<string> {
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, inlineRefs: false, code: { source: true, esm: true } });
  // Nobody reads where in the schema a mistake was found.
  const written = standalone.default(ajv, ajv.compile(withoutTexts(schema))).replaceAll(/schemaPath:"[^"]*",/g, '');
  const contents = withoutSchemas(written);
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
