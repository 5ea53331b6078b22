import { join } from 'node:path';
import { say } from '../../language/say.ts';
import { nearest } from '../nearest.ts';
import { blank } from './blank.ts';
import { type HeaderNames, headerNames } from './names.ts';
import { xenHeaders } from './xen-headers.ts';

/** A compiler run that failed. */
export interface Diagnosis {
  /** The user's file, as shown in messages. */
  readonly file: string;
  /** The text that was compiled. */
  readonly text: string;
  readonly stderr: string;
  /** Folder of Fauxen's headers. */
  readonly include: string;
}

/** The document that lists the supported names. */
const LIST = 'docs/xen-c.md';

/** The errors, "file:line: reason" each, worded for the file's author; at least one. */
export function explainCompiler(diagnosis: Diagnosis): string[] {
  const { file, stderr } = diagnosis;
  const errors = [...stderr.matchAll(/^(.*?):(\d+):\d+: (?:fatal )?error: (.*)$/gm)].map(
    ({ index, 1: at = '', 2: line = '', 3: said = '' }) =>
      `${placeOf(at, line, index, diagnosis)}: ${inWords(said, diagnosis)}`,
  );
  // After a mistake in the user's file the compiler may complain about Fauxen's headers, too.
  const own = errors.filter((error) => !error.startsWith(diagnosis.include));
  if (errors.length > 0) return [...new Set(own.length > 0 ? own : errors)];
  const undefinedSymbols = [...stderr.matchAll(/undefined symbol: (\S+)/g)].map(
    ([, symbol = '']) => `${useOf(symbol, diagnosis)}: ${noDefinition(symbol, diagnosis)}`,
  );
  if (undefinedSymbols.length > 0) return [...new Set(undefinedSymbols)];
  const refused = /error: (?:.*\.o: )?(.*)/.exec(stderr)?.[1] ?? stderr.trim().split('\n')[0];
  return [`${file}:1: ${refused}`];
}

/** Reports an error within a macro of Fauxen's headers at its use in the user's file. */
function placeOf(at: string, line: string, index: number, { stderr, include }: Diagnosis): string {
  if (!at.startsWith(include)) return `${at}:${line}`;
  for (const [, file = '', number = ''] of stderr
    .slice(index)
    .matchAll(/^(.*?):(\d+):\d+: (?:note|error|warning):/gm)) {
    if (!file.startsWith(include)) return `${file}:${number}`;
  }
  return `${at}:${line}`;
}

function inWords(said: string, diagnosis: Diagnosis): string {
  const warning = / \[-Werror(?:,(-W[\w-]+))?\]$/.exec(said);
  const text = (warning === null ? said : said.slice(0, warning.index)).replace(/\(unnamed[^)]*\)/g, '(unnamed)');
  const unknown =
    /^implicit declaration of function '(\w+)'/.exec(text)?.[1] ??
    /^call to undeclared (?:library )?function '(\w+)'/.exec(text)?.[1];
  if (unknown !== undefined) return noFunction(unknown, diagnosis);
  const identifier = /^use of undeclared identifier '(\w+)'/.exec(text)?.[1];
  if (identifier !== undefined) {
    return missing(say('nothing called'), identifier, diagnosis, ({ macros, functions }) => [...macros, ...functions]);
  }
  const type = /^unknown type name '(\w+)'/.exec(text)?.[1];
  if (/^__guest_handle_(?:const_)?(?:struct|union|unsigned|const)$/.test(type ?? ''))
    return say(
      'a guest handle is of a type with a name of one word: typedef struct foo foo_t; DEFINE_XEN_GUEST_HANDLE(foo_t);',
    );
  if (type !== undefined) return missing(say('no type'), type, diagnosis, ({ types }) => types);
  const field = /^no member named '(\w+)' in '(struct (?:arch_|hvm_|pv_)?(?:domain|vcpu))'/.exec(text);
  if (field?.[1] !== undefined)
    return missing(say('no field of {struct},', { struct: field[2] }), field[1], diagnosis, ({ fields }) => fields);
  const unknownStruct =
    /incomplete (?:definition of )?type '(?:const )?((?:struct|union) \w+)( \*)?'/.exec(text)?.[1] ??
    /^declaration of '((?:struct|union) \w+)' will not be visible/.exec(text)?.[1];
  if (unknownStruct !== undefined)
    return say("Fauxen's Xen has no '{type}'. {list} lists what exists", { type: unknownStruct, list: LIST });
  const wide = /(?:unexpected character|^character|Unicode character) <U\+([\dA-F]{4})>/.exec(text)?.[1];
  if (wide !== undefined) {
    const code = Number.parseInt(wide, 16);
    const ascii = asciiFor(code);
    if (ascii !== undefined)
      return say('{character} in place of {ascii}, as input methods, word processors and web pages write it', {
        character: String.fromCodePoint(code),
        ascii,
      });
  }
  const pointer = /^member reference base type '(?:const )?(\w+) \*' is not a structure or union/.exec(text)?.[1];
  if (pointer !== undefined)
    return say('a guest handle is needed, not {type} *: declare it as XEN_GUEST_HANDLE_PARAM({type})', {
      type: pointer,
    });
  const header = /^'(.*)' file not found/.exec(text)?.[1];
  if (header !== undefined) return noHeader(header);
  const refused = /^'(\w+)' is unavailable: (.*)/.exec(text);
  if (refused !== null) return `${refused[1]}: ${refused[2]}`;
  if (/^cannot assign to .*const-qualified/.test(text)) {
    return say(
      '{text}: this field of the model is read-only; the fields that a handler may change are not const in {list}',
      {
        text,
        list: LIST,
      },
    );
  }
  if (
    /^(?:invalid (?:input|output) constraint|unknown register name|invalid instruction|invalid operand for inline asm)/.test(
      text,
    )
  ) {
    return say(
      '{text}: Fauxen compiles to WebAssembly, which has no x86 instructions. Put assembly into #ifndef FAUXEN',
      { text },
    );
  }
  if (warning?.[1] === undefined) return text;
  return say("{text} [{warning}]. This is a warning, and Xen's build makes each warning an error (-Werror)", {
    text,
    warning: warning[1],
  });
}

/** The error of a real build for a function with floating point, at its definition. */
export function floatingPoint(name: string, file: string, text: string): string {
  const function_ = name.replace(/^fauxen_entry_/, 'do_');
  const at = new RegExp(`\\b${function_}\\s*\\(|\\bDO\\(${function_.slice(3)}\\)`).exec(blank(text))?.index ?? 0;
  return say(
    '{place}: {name} uses floating point: Xen is built with -msoft-float -mno-sse, so that its build fails. Use integers',
    { place: placeAt(file, text.slice(0, at)), name: function_ },
  );
}

/** The ASCII character for which a typographic or full-width one stands. */
function asciiFor(code: number): string | undefined {
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCodePoint(code - 0xfee0);
  return ({ 8216: "'", 8217: "'", 8220: '"', 8221: '"', 12289: ',', 12290: '.' } as Record<number, string>)[code];
}

function noFunction(name: string, diagnosis: Diagnosis): string {
  return missing(say('no function'), name, diagnosis, ({ functions, macros }) => [...functions, ...macros]);
}

function missing(
  what: string,
  name: string,
  { include }: Diagnosis,
  among: (names: HeaderNames) => Iterable<string>,
): string {
  const names = [...headerNames(join(include, 'fauxen')).values()].flatMap((each) => [...among(each)]);
  const near = nearest(name, names);
  const hint = near === undefined ? '' : say("; the nearest name is '{near}'", { near });
  return say("Fauxen's Xen has {what} '{name}'{hint}. {list} lists what exists", { what, name, hint, list: LIST });
}

function noDefinition(name: string, diagnosis: Diagnosis): string {
  return missing(say('no function or variable'), name, diagnosis, ({ functions }) => functions);
}

function noHeader(header: string): string {
  const near = nearest(header, xenHeaders);
  return say("no header '{header}' in Xen or beside the file{hint}", {
    header,
    hint: near === undefined ? '' : say("; the nearest is '{near}'", { near }),
  });
}

/** "file:line" of the first use of a name within a function; of line 1 if there is none. */
function useOf(name: string, { file, text }: Diagnosis): string {
  const code = blank(text);
  let depth = 0;
  for (const { 0: token, index } of code.matchAll(/[{}]|\w+/g)) {
    if (token === '{') depth += 1;
    else if (token === '}') depth -= 1;
    else if (token === name && depth > 0) return placeAt(file, text.slice(0, index));
  }
  return `${file}:1`;
}

/** The position of the text that follows `before`, which may contain #line directives. */
function placeAt(file: string, before: string): string {
  const marks = [...before.matchAll(/^[ \t]*#[ \t]*line[ \t]+(\d+)(?:[ \t]+"(.*)")?.*\n/gm)];
  const last = marks.at(-1);
  if (last === undefined) return `${file}:${before.split('\n').length}`;
  const from = before.slice(last.index + last[0].length);
  return `${last[2] ?? file}:${Number(last[1]) + from.split('\n').length - 1}`;
}
