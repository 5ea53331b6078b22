// Finds hypercalls in C source: the functions named do_*, their parameters, and the numbers that #define lines give.

export interface CParameter {
  /** The C type, as written. */
  type: string;
  name: string;
}

export interface CHypercall {
  /** Without the do_. */
  name: string;
  returns: string;
  parameters: CParameter[];
  /** Line of the definition, from 1. */
  line: number;
  /** Offsets of the whole definition in the text. */
  start: number;
  end: number;
}

/** The text with comments and string contents blanked, every other character in its place. */
export function blank(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g, (found) =>
    found.replace(/[^\n]/g, ' '),
  );
}

/** Every definition (not declaration) of a function do_NAME. */
export function findHypercalls(text: string): CHypercall[] {
  const code = blank(text);
  const found: CHypercall[] = [];
  const head =
    /\b((?:asmlinkage\s+|static\s+|inline\s+|cf_check\s+)*(?:unsigned\s+)?(?:long|int|ret_t|int64_t|int32_t))\s+(?:cf_check\s+)?do_(\w+)\s*\(/g;
  for (let match = head.exec(code); match !== null; match = head.exec(code)) {
    const open = match.index + match[0].length - 1;
    const close = matching(code, open, '(', ')');
    const body = /^\s*\{/.exec(code.slice(close + 1));
    if (close < 0 || body === null) continue;
    const end = matching(code, close + body[0].length, '{', '}');
    if (end < 0) continue;
    found.push({
      name: match[2] ?? '',
      returns: (match[1] ?? '').trim(),
      parameters: splitParameters(text.slice(open + 1, close)),
      line: code.slice(0, match.index).split('\n').length,
      start: match.index,
      end: end + 1,
    });
  }
  return found;
}

/** `#define __HYPERVISOR_name 39`, by name. */
export function findNumbers(text: string): Map<string, number> {
  const numbers = new Map<string, number>();
  for (const [, name = '', number = ''] of text.matchAll(
    /^\s*#\s*define\s+__HYPERVISOR_(\w+)\s+\(?(0x[\da-fA-F]+|\d+)\)?/gm,
  )) {
    numbers.set(name, Number(number));
  }
  return numbers;
}

function splitParameters(text: string): CParameter[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const character of text) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (character === ',' && depth === 0) {
      parts.push(part);
      part = '';
    } else part += character;
  }
  parts.push(part);
  return parts
    .map((each) => each.trim())
    .filter((each) => each !== '' && each !== 'void')
    .map((each, index) => {
      const match = /^([\s\S]*?[\s*)])(\w+)$/.exec(each);
      return match === null
        ? { type: each, name: `arg${index}` }
        : { type: (match[1] ?? '').trim(), name: match[2] ?? '' };
    });
}

/** Index of the bracket that closes the one at `open`, or -1. */
function matching(code: string, open: number, opening: string, closing: string): number {
  let depth = 0;
  for (let at = code.indexOf(opening, open); at >= 0 && at < code.length; at += 1) {
    if (code[at] === opening) depth += 1;
    else if (code[at] === closing) {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return -1;
}
