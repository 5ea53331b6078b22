import type { AddedCase } from './cases.ts';

/** Wraps a case in a function whose name makes it get the raw arguments. */
export function caseFunction(name: string, { frame, lines, code }: AddedCase): string {
  const text = code.join('\n');
  const result = /\brc\b/.test(text) ? 'rc' : 'ret';
  const targets = new Set([...text.matchAll(/\bgoto\s+(\w+)/g)].map(([, target = '']) => target));
  for (const [, own = ''] of text.matchAll(/^\s*(\w+)\s*:(?!:)/gm)) if (own !== 'default') targets.delete(own);
  const { before, after } = frame;
  const numbered = `#line ${lines[0]?.at.line} "${lines[0]?.at.file}"\n${lines.map((line) => `#line ${line.at.line} "${line.at.file}"\n${line.text}`).join('\n')}`;
  const args = Array.from({ length: 5 }, (_, index) => `unsigned long a${index}`).join(', ');
  return `#line 1 "fauxen"
long do_${name}(${args}, unsigned int fauxen_command);
long do_${name}(${args}, unsigned int fauxen_command)
{
    long ret FAUXEN_MAYBE = ${frame.result ?? 0}, rc FAUXEN_MAYBE = ${frame.result ?? 0};
    ${before.replaceAll('RESULT', result)}
    switch ( fauxen_command )
    {
${numbered}
#line 1 "fauxen"
    break;
    ${hasDefault(code) ? '' : `default: ${result} = -ENOSYS;`}
    }
${[...targets].map((target) => ` ${target}: FAUXEN_MAYBE;\n`).join('')}    ${after.replaceAll('RESULT', result)}
}
`;
}

/** Whether the case itself has the label default, as opposed to a switch within it. */
function hasDefault(code: readonly string[]): boolean {
  let depth = 0;
  for (const line of code) {
    if (depth === 0 && /^\s*default\s*:/.test(line)) return true;
    for (const character of line) depth += character === '{' ? 1 : character === '}' ? -1 : 0;
  }
  return false;
}
