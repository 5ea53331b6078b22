/** Buffers that one synchronous call fills and uses, and immutable values. */
const NO_STATE =
  /^(Buffer|RegExp|TextEncoder|TextDecoder|DataView|SharedArrayBuffer|IoVector|Reply|Struct|(Big)?(Ui|I)nt\d+Array)$/;

/** Collections: state only if something changes them. */
const COLLECTION = /^(Map|Set|WeakMap|WeakSet)$/;

const CHANGES = 'set|add|delete|clear|push|pop|shift|unshift|splice|sort|fill';

/** The names of a module's top-level variables and static class members that can change while it runs. */
export function moduleState(source: string): string[] {
  const variables = [...source.matchAll(/^(?:export )?let (\w+)/gm)].map(([, name = '']) => name);
  const constants = [...source.matchAll(/^(?:export )?const (\w+)(?:: [^=]+)? = ([^\n]*)/gm)]
    .filter(([, name = '', value = '']) => isState(name, value, source))
    .map(([, name = '']) => name);
  const members = [...source.matchAll(/^ {2}static (?:readonly )?(#?\w+)(?:: [^=(\n]+)?(?: = ([^\n]*)|;)/gm)].map(
    ([, name = '']) => name,
  );
  return [...variables, ...constants, ...members];
}

function isState(name: string, value: string, source: string): boolean {
  const of = /^(?:new )?(\w+)\b/.exec(value)?.[1] ?? '';
  if (NO_STATE.test(of)) return false;
  if (value.startsWith('new ') && !COLLECTION.test(of)) return true;
  const member = String.raw`(\.\w+|\[[^\]]+\]!?)`;
  const assigned = String.raw`${member}+ ([-+|&*/?]+)?= |${member}+(\+\+|--)`;
  // An object of struct fields has a `set` that writes to a view, not to the object.
  const change = value.startsWith('{') ? assigned : String.raw`\.(${CHANGES})\(|${assigned}`;
  return new RegExp(String.raw`^ .*(?<![\w.#])${name}(${change})`, 'm').test(source);
}
