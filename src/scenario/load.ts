import { readFileSync } from 'node:fs';
import type { ErrorObject } from 'ajv';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import { crossCheck } from './cross-check.ts';
import { validate as generated } from './data/validate.ts';
import type { Scenario } from './scenario.ts';

/** More mistakes than these are counted, not shown. */
const MAX_SHOWN = 20;

/** Every mistake in a scenario file, a line each with file, line and path. The exit status of a wrong setting. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
  readonly exitStatus = 2;
}

export interface Mistake {
  /** Property names and indices from the root. */
  path: readonly (string | number)[];
  message: string;
}

/** Reads and checks a scenario in YAML or JSON. Throws ScenarioError. */
export function loadScenario(file: string): Scenario {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ScenarioError(`cannot read the scenario: ${error instanceof Error ? error.message : error}`);
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    fail(document.errors.map(({ pos, message }) => `${file}:${lines.linePos(pos[0]).line}: ${message}`));
  }
  const value: unknown = document.toJS() ?? {};
  const mistakes = validate(value) ?? crossCheck(value as Scenario); // the schema has said that it is one
  if (mistakes.length > 0) {
    fail(
      mistakes.map(({ path, message }) => {
        return `${file}:${lineOf(document, lines, path)}: /${path.join('/')}: ${message}`;
      }),
    );
  }
  return value as Scenario;
}

function fail(lines: string[]): never {
  const more = lines.length - MAX_SHOWN;
  const shown = lines.slice(0, MAX_SHOWN).join('\n');
  throw new ScenarioError(more > 0 ? `${shown}\n... and ${more} more mistakes` : shown);
}

/** What ajv made of schema.ts (scripts/generate/scenario-validator.ts). */
const check: { (value: unknown): boolean; errors?: ErrorObject[] | null } = generated;

/** What the schema has against it; undefined if nothing. */
function validate(value: unknown): Mistake[] | undefined {
  if (check(value)) return undefined;
  const errors = check.errors ?? [];
  // anyOf's alternatives each complain: the description says it better, once.
  const unions = new Set(errors.filter(({ keyword }) => keyword === 'anyOf').map(({ instancePath }) => instancePath));
  return errors
    .filter(({ keyword, instancePath }) => keyword === 'anyOf' || !unions.has(instancePath))
    .map((error) => ({ path: pathOf(error), message: messageOf(error) }));
}

function pathOf({ instancePath, params }: ErrorObject): (string | number)[] {
  const names = instancePath.split('/').slice(1);
  const path = names.map((name) =>
    /^\d+$/.test(name) ? Number(name) : name.replaceAll('~1', '/').replaceAll('~0', '~'),
  );
  const extra: unknown = params.additionalProperty;
  return typeof extra === 'string' ? [...path, extra] : path;
}

function messageOf({ keyword, message = '', params, instancePath }: ErrorObject): string {
  if (keyword === 'anyOf') {
    return /(memory|Memory)$/.test(instancePath)
      ? 'must be a number of MiB, or a number with K, M, G or T, such as 4G'
      : 'must be a number of seconds, or a time such as 3d4h20m';
  }
  if (keyword === 'additionalProperties') return 'is no property of a scenario';
  if (keyword === 'enum') return `must be one of ${[params.allowedValues].flat().join(', ')}`;
  return message;
}

/** The line of the node at a path, or of the nearest one above it. */
function lineOf(document: Document, lines: LineCounter, path: readonly (string | number)[]): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
