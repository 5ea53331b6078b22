import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The declarations of one of Fauxen's headers. */
export interface HeaderNames {
  /** Its first comment, which names the headers of Xen that it replaces. */
  readonly about: string;
  readonly functions: readonly string[];
  readonly macros: readonly string[];
  readonly types: readonly string[];
  /** Fields of struct domain, struct vcpu and what they contain. */
  readonly fields: readonly string[];
  /** Functions that Fauxen cannot provide, and why. */
  readonly refused: ReadonlyMap<string, string>;
}

const isOwn = (name: string) => /^_*fauxen/i.test(name);

/**
 * The names in the headers of a folder, by file. The headers are formatted for this: each declaration begins at the start of a line, and a
 * function's declaration is one line.
 */
export function headerNames(folder: string): Map<string, HeaderNames> {
  const files = readdirSync(folder).sort();
  return new Map(files.map((file) => [file, namesIn(readFileSync(join(folder, file), 'utf8'))]));
}

function namesIn(text: string): HeaderNames {
  const about = (/\/\*([\s\S]*?)\*\//.exec(text)?.[1] ?? '').replace(/\s*\n \* ?/g, ' ').trim();
  const code = text.replace(/\/\*[\s\S]*?\*\//g, ' ').replace(/\\\n/g, ' ');
  const reasons = new Map([...code.matchAll(/^#define (FAUXEN_\w+) "(.*)"$/gm)].map(([, name, why]) => [name, why]));
  const functions = new Set<string>();
  const refused = new Map<string, string>();
  for (const line of code.replace(/\n {4}FAUXEN_REFUSED/g, ' FAUXEN_REFUSED').split('\n')) {
    const name = /^(?!typedef|#|DEFINE|__DEFINE)[a-z_][\w *]*?[ *](\w+)\(/.exec(line)?.[1];
    if (name === undefined || isOwn(name)) continue;
    const why = /FAUXEN_(REFUSED|NOT_IN_XEN)\((.*)\);$/.exec(line);
    if (why === null) functions.add(name);
    else if (why[1] === 'REFUSED') refused.set(name, reasons.get(why[2]) ?? why[2]?.replaceAll('"', '') ?? '');
    else refused.set(name, `Xen has none either: use ${why[2]?.replaceAll('"', '')}`);
  }
  const macros = all(code, /^#define (\w+)/gm).filter((name) => !/_H$/.test(name));
  return { about, functions: [...functions], macros, types: typesIn(code), fields: fieldsIn(code), refused };
}

function typesIn(code: string): string[] {
  const names = all(code, /^(?:struct|enum) (\w+)(?= [{]|;)/gm);
  for (const [, list = ''] of code.matchAll(/^typedef (.*);$/gm)) {
    for (const name of list.split(', ')) names.push(/(\w+)(?:\[\w+\])?$/.exec(name)?.[1] ?? '');
  }
  names.push(...all(code, /^\} (\w+);$/gm));
  return [...new Set(names)].filter((name) => name !== '' && !isOwn(name));
}

function fieldsIn(code: string): string[] {
  return [...code.matchAll(/^struct (?:arch_)?(?:domain|vcpu) \{([\s\S]*?)^\};/gm)].flatMap(([, body = '']) =>
    all(body.replace(/^#.*$/gm, ''), /(\w+)(?=[,;])/g).filter((name) => /[a-z]/.test(name)),
  );
}

function all(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, name = '']) => name))].filter((name) => !isOwn(name));
}
