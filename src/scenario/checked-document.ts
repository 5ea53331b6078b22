import type { ErrorObject } from 'ajv';
import { type Document, isNode, LineCounter, parseDocument, visit } from 'yaml';

/** The number of mistakes that are shown; further ones are only counted. */
const MAX_SHOWN = 20;

/** All mistakes in a document, one per line, with file, line and path. */
export class DocumentError extends Error {
  override readonly name: string = 'DocumentError';
}

export interface Mistake {
  /** Property names and indices from the root. */
  path: readonly (string | number)[];
  message: string;
}

export interface DocumentChecks<T> {
  /** Texts for the schema's errors; undefined to use ajv's own. */
  words?(error: ErrorObject): string | undefined;
  /** Checks that the schema cannot express. */
  further?(value: T): Mistake[];
}

/** The validator that ajv has generated from a schema (scripts/generate/validators.ts). */
export interface Validator {
  (value: unknown): boolean;
  errors?: ErrorObject[] | null;
}

/** Parses YAML or JSON and checks it. Throws DocumentError. */
export function checkedDocument<T>(file: string, text: string, validator: Validator, checks: DocumentChecks<T>): T {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    fail(document.errors.map(({ pos, message }) => `${file}:${lines.linePos(pos[0]).line}: ${message}`));
  }
  keepLargeNumbers(document);
  const value: unknown = document.toJS() ?? {};
  const mistakes = validate(value, validator, checks.words) ?? checks.further?.(value as T) ?? []; // the schema has checked this
  if (mistakes.length > 0) {
    fail(
      mistakes.map(({ path, message }) => {
        return `${file}:${lineOf(document, lines, path)}: /${path.join('/')}: ${message}`;
      }),
    );
  }
  return value as T;
}

/** A hexadecimal number that a double cannot hold, such as a kernel's address, stays text. */
function keepLargeNumbers(document: Document): void {
  visit(document, {
    Scalar(_key, node) {
      const { value, source } = node;
      const isLarge = typeof value === 'number' && !Number.isSafeInteger(value);
      if (isLarge && source !== undefined && /^0x[0-9a-f]+$/i.test(source)) node.value = source;
    },
  });
}

function fail(lines: string[]): never {
  const more = lines.length - MAX_SHOWN;
  const shown = lines.slice(0, MAX_SHOWN).join('\n');
  throw new DocumentError(more > 0 ? `${shown}\n... and ${more} more mistakes` : shown);
}

/** The schema's errors; undefined if there are none. */
function validate(value: unknown, check: Validator, words: DocumentChecks<never>['words']): Mistake[] | undefined {
  if (check(value)) return undefined;
  return (check.errors ?? []).map((error) => ({ path: pathOf(error), message: words?.(error) ?? messageOf(error) }));
}

function pathOf({ instancePath, params }: ErrorObject): (string | number)[] {
  const names = instancePath.split('/').slice(1);
  const path = names.map((name) =>
    /^\d+$/.test(name) ? Number(name) : name.replaceAll('~1', '/').replaceAll('~0', '~'),
  );
  const extra: unknown = params.additionalProperty;
  return typeof extra === 'string' ? [...path, extra] : path;
}

function messageOf({ keyword, message = '', params }: ErrorObject): string {
  if (keyword === 'additionalProperties') return 'is no known property';
  if (keyword === 'enum') return `must be one of ${[params.allowedValues].flat().join(', ')}`;
  return message;
}

/** The line of the node at a path, or of its nearest ancestor. */
function lineOf(document: Document, lines: LineCounter, path: readonly (string | number)[]): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
