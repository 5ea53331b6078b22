// Members that a patch adds to structs of Xen's of which it shows a part: struct domain, struct vcpu, and the unions of domctl and its like.

import type { AddedCase } from './cases.ts';
import type { SourceItem } from './sources.ts';

/** Macros for clang: what fauxen.h has room for in struct domain and struct vcpu, as far as the code uses it. */
export function addedFields(items: readonly SourceItem[], used: ReadonlySet<string>): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const item of items) {
    if (!/include\/(xen\/sched|asm(-x86)?\/domain)\.h$/.test(item.path)) continue;
    const members = (addedMembers(item).match(/[^;]+;/g) ?? [])
      .filter((member) =>
        (member.match(/\w+/g) ?? []).some((word) => used.has(word) && new RegExp(`\\b${word}\\s*[;[,:)]`).test(member)),
      )
      .join(' ');
    if (members === '') continue;
    const macro = /\bstruct\s+(vcpu|exec_domain)\b/.test(item.head) ? 'FAUXEN_VCPU_FIELDS' : 'FAUXEN_DOMAIN_FIELDS';
    fields[macro] = `${fields[macro] ?? ''} ${members}`.trim();
  }
  return fields;
}

/** struct, header and what comes before the union. */
const unions: readonly { hypercall: string; struct: string; header: RegExp; head: string }[] = [
  {
    hypercall: 'domctl',
    struct: 'xen_domctl',
    header: /public\/domctl\.h$/,
    head: 'uint32_t cmd, interface_version; domid_t domain;',
  },
  { hypercall: 'sysctl', struct: 'xen_sysctl', header: /public\/sysctl\.h$/, head: 'uint32_t cmd, interface_version;' },
  {
    hypercall: 'platform_op',
    struct: 'xen_platform_op',
    header: /public\/platform\.h$/,
    head: 'uint32_t cmd, interface_version;',
  },
];

/** The structs with a union that the cases need, with the members that the patch adds; a union has 128 bytes in every release. */
export function unionText(items: readonly SourceItem[], cases: readonly AddedCase[]): string {
  let text = '';
  for (const { hypercall, struct, header, head } of unions) {
    if (!cases.some(({ frame }) => frame.hypercall === hypercall)) continue;
    if (
      items.some((item) => item.kind === 'definition' && item.provides.has(struct) && item.code.join('').includes('{'))
    )
      continue;
    const members = items
      .filter(({ path }) => header.test(path))
      .map(addedMembers)
      .join(' ');
    text += `#line 1 "fauxen"\nstruct ${struct} { ${head} union { ${members} uint8_t pad[128]; } u __attribute__((aligned(8))); };\n`;
    text += `typedef struct ${struct} ${struct}_t;\nDEFINE_XEN_GUEST_HANDLE(${struct}_t);\n`;
  }
  return text;
}

/** Declarations that a part of a struct gains. */
function addedMembers(item: SourceItem): string {
  if (item.kind !== 'part') return '';
  const members = item.lines.flatMap(({ state, text }, index) =>
    state === 'added' && !/^\s*#/.test(text) ? [item.code[index]?.trim() ?? ''] : [],
  );
  return members.filter((each) => each !== '').join(' ');
}
