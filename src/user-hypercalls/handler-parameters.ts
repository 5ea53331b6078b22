/**
 * The names of the arguments that a handler destructures in its first parameter: `handler({ text, length: n }, xen)` has text and length.
 * Undefined if it takes the whole object, or has a `...rest`.
 */
export function destructuredNames(handler: (...args: never[]) => unknown): string[] | undefined {
  const text = handler.toString();
  const open = /^(?:async\s+)?(?:function\b[^(]*|[\w$]+\s*|\*\s*[\w$]+\s*)?\(\s*\{/.exec(text);
  if (open === null) return undefined;
  const names: string[] = [];
  for (const part of topLevelParts(text, open[0].length)) {
    if (part.startsWith('...')) return undefined;
    const name = /^(?:(['"])([^'"]+)\1|([\w$]+))/.exec(part);
    if (name !== null) names.push(name[2] ?? name[3] ?? '');
  }
  return names;
}

/** The parts between the commas in the braces that are open at `start`. */
function topLevelParts(text: string, start: number): string[] {
  const parts: string[] = [];
  let depth = 1;
  let begin = start;
  for (let at = start; at < text.length; at += 1) {
    const character = text.charAt(at);
    if ('{[('.includes(character)) depth += 1;
    else if ('}])'.includes(character)) depth -= 1;
    if (depth === 0 || (depth === 1 && character === ',')) {
      parts.push(text.slice(begin, at).trim());
      begin = at + 1;
    }
    if (depth === 0) break;
  }
  return parts.filter((part) => part !== '');
}

/**
 * Whether a handler ends with an expression whose value is unused, such as `{ a + b; }`: probably a forgotten `return`. A call or an
 * assignment at the end does not count, since it has an effect.
 */
export function forgetsReturn(handler: (...args: never[]) => unknown): boolean {
  const text = handler
    .toString()
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\/\/.*$/gm, '');
  if (/\breturn\b|\bfail\(/.test(text)) return false;
  const last = /[;{}]\s*([^;{}]+?)\s*;?\s*\}\s*$/.exec(text)?.[1]?.trim() ?? '';
  return last !== '' && /^[-\w$.\s+*/%&|^~!<>'"]+$/.test(last) && !/\+\+|--/.test(last);
}
