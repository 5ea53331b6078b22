// Makes docs/xen-c.md from the headers for hypercalls in C: `node --import tsx scripts/generate/xen-c-doc.ts`.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type HeaderNames, headerNames } from '../../src/user-hypercalls/c/names.ts';
import { xenHeaders } from '../../src/user-hypercalls/c/xen-headers.ts';

export const page = 'docs/xen-c.md';

const include = fileURLToPath(new URL('../../src/user-hypercalls/c/include', import.meta.url));

const head = `# Xen for hypercalls in C

What a file of hypercalls in C, or a patch, finds in Fauxen's Xen. Made by \`scripts/generate/xen-c-doc.ts\` from the headers in
\`src/user-hypercalls/c/include/fauxen\`; a name that is not here is an error when the file is loaded.

- **Headers.** A file may include each of the ${xenHeaders.size} headers of Xen 4.0 to 4.22 by its name, and needs to include none: all
  that follows is there before the first line. \`FAUXEN\` is defined, so that \`#ifndef FAUXEN\` leaves out what only a real Xen has.
- **A hypercall** is a function \`long do_NAME(…)\` with \`#define __HYPERVISOR_NAME 39\`. The release's own numbers are defined.
- **A command of a hypercall of Xen** is a function named after both, with the number by the name that Xen's headers would give it:
  \`#define XEN_DOMCTL_lucky 2000\` and \`long domctl_lucky(struct domain *d, struct lucky *it)\`. It takes its struct, which is copied in, and
  out again unless it is \`const\` or the result is negative; or a guest handle of it; and the domain, where it wants that. In Xen it
  becomes a \`case\` of do_domctl().
- **The compiler** is clang with the warnings of Xen's own build, where each is an error (\`-Wall -Werror\`,
  \`-Wdeclaration-after-statement\`, \`-Wvla\`, …). So what loads here compiles there.
- **A release build**, as the distributions ship it: \`dprintk\`, \`gdprintk\` and \`ASSERT\` do nothing. \`fauxen explain\` says where they were.
- **printk** knows \`%pd\`, \`%pv\`, \`%*ph\`, \`%*pb\` and \`%pp\` since the releases that introduced them.
- **Memory.** A file may hold 1 MiB of \`xmalloc\`'s and has 64 KiB of stack. Freeing twice, and writing beyond a block, are reported.
- **Locks.** One hypercall runs at a time. A lock that is taken twice, where a real Xen hangs, ends the call with EFAULT and a message that
  names both places; so does releasing one that is not held. A lock that is still held when the hypercall returns is reported.
- **Domains** are those of the model. A field that is \`const\` can be read only.
- **A trap** (a guest's pointer followed, a BUG, a division by zero, no stack left, the end of the time limit) ends the call with EFAULT, or
  ETIMEDOUT. Variables, heap, stack and locks are then as they were before the call. A real Xen would be dead.
- **State** lasts until the file is loaded again: then its variables start anew, and \`__initcall\` functions run before the first hypercall.
- **Guest pointers.** Before Xen 4.5, which uses SMAP, a handler could follow a caller's pointer. With \`--xen 4.4\` and earlier that works here
  too, and is reported once; with later releases the call ends with EFAULT.
`;

/** The page's text. */
export function xenCPage(): string {
  const sections = [...headerNames(join(include, 'fauxen'))];
  return `${[
    head,
    ...sections.flatMap(([file, names]) => section(file, names)),
    '## Refused',
    '',
    'Using one of these is an error that gives the reason.',
    '',
    ...refusedRows(sections.map(([, names]) => names)),
  ]
    .join('\n')
    .trimEnd()}\n`;
}

function section(file: string, { about, functions, macros, types, fields }: HeaderNames): string[] {
  const rows = [
    ['functions', functions],
    ['macros', macros],
    ['types', types],
    ['fields of struct domain and struct vcpu', fields],
  ] as const;
  const filled = rows.filter(([, names]) => names.length > 0);
  if (file === 'refused.h') return [];
  return [
    `## ${file}`,
    '',
    about,
    '',
    ...filled.flatMap(([title, names]) => [`**${title}:** ${names.map((name) => `\`${name}\``).join(' ')}`, '']),
  ];
}

function refusedRows(headers: readonly HeaderNames[]): string[] {
  const byReason = new Map<string, string[]>();
  for (const { refused } of headers)
    for (const [name, why] of refused) byReason.set(why, [...(byReason.get(why) ?? []), `\`${name}\``]);
  return [...byReason].map(([why, names]) => `- ${names.join(' ')}: ${why}.`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeFileSync(page, xenCPage());
