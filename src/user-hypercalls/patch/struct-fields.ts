// Members that a patch adds to structs that it shows only in part: struct domain, struct vcpu, and the unions of domctl and similar structs.

import type { AddedCase } from './cases.ts';
import type { SourceItem } from './sources.ts';

export interface AddedFields {
  /** Macros for clang: the added members of struct domain and struct vcpu that the code uses. fauxen.h puts them into its structs. */
  readonly macros: Record<string, string>;
  /** Fields that fauxen.h has, too, as data of the model: the patch's own have other names, and start as 0. */
  readonly renamed: readonly string[];
}

export function addedFields(
  items: readonly SourceItem[],
  used: ReadonlySet<string>,
  own: ReadonlySet<string>,
): AddedFields {
  const fields: Record<string, string> = {};
  const renamed = new Set<string>();
  for (const item of items) {
    if (!/include\/(xen\/sched|asm(-x86)?\/domain)\.h$/.test(item.path)) continue;
    const members = (addedMembers(item).match(/[^;]+;/g) ?? [])
      .filter((member) =>
        (member.match(/\w+/g) ?? []).some((word) => used.has(word) && new RegExp(`\\b${word}\\s*[;[,:)]`).test(member)),
      )
      .join(' ');
    if (members === '') continue;
    const macro = /\bstruct\s+(vcpu|exec_domain)\b/.test(item.head) ? 'FAUXEN_VCPU_FIELDS' : 'FAUXEN_DOMAIN_FIELDS';
    const names = members.replace(/\b\w+(?=\s*(\[[^\]]*\]\s*)?(:\s*\d+\s*)?[;,])/g, (name) => {
      if (!own.has(name)) return name;
      renamed.add(name);
      return renamedField(name);
    });
    fields[macro] = `${fields[macro] ?? ''} ${names}`.trim();
  }
  return { macros: fields, renamed: [...renamed] };
}

const renamedField = (name: string) => `fauxen_patch_${name}`;

/** The text of a patch with its own fields renamed; what follows it is as before. */
export function withRenamed(text: string, renamed: readonly string[]): string {
  const defines = renamed.map((name) => `#define ${name} ${renamedField(name)}\n`).join('');
  return `${defines}${text}\n${renamed.map((name) => `#undef ${name}\n`).join('')}`;
}

/** The struct, its header, and the members before the union. */
const unions: readonly { hypercall: string; struct: string; header: string; head: string }[] = [
  {
    hypercall: 'domctl',
    struct: 'xen_domctl',
    header: 'xen/include/public/domctl.h',
    head: 'uint32_t cmd, interface_version; domid_t domain;',
  },
  {
    hypercall: 'sysctl',
    struct: 'xen_sysctl',
    header: 'xen/include/public/sysctl.h',
    head: 'uint32_t cmd, interface_version;',
  },
  {
    hypercall: 'platform_op',
    struct: 'xen_platform_op',
    header: 'xen/include/public/platform.h',
    head: 'uint32_t cmd, interface_version;',
  },
];

/**
 * The structs with a union that the cases need, with the members that they use. A union has 128 bytes in every release. `itemsOf` returns
 * the known items of a header.
 */
export function unionText(itemsOf: (path: string) => readonly SourceItem[], cases: readonly AddedCase[]): string {
  let text = '';
  for (const { hypercall, struct, header, head } of unions) {
    const own = cases.filter(({ frame }) => frame.hypercall === hypercall);
    if (own.length === 0) continue;
    const used = new Set(
      own.flatMap(({ code }) => [...code.join('\n').matchAll(/\bu\.(\w+)/g)].map(([, name]) => name ?? '')),
    );
    const members = itemsOf(header)
      .filter((item) => item.kind === 'part' || item.provides.has(struct))
      .flatMap((item) => item.code.filter((_, index) => item.kind !== 'part' || item.lines[index]?.state === 'added'))
      .filter((line) => used.has(/^\s+\w.*[\s*](\w+)\s*(?:\[[^\]]*\]\s*)?;/.exec(line)?.[1] ?? ''));
    text += `#line 1 "fauxen"\nstruct ${struct} { ${head} union { ${[...new Set(members)].join(' ')} uint8_t pad[128]; } u __attribute__((aligned(8))); };\n`;
    text += `typedef struct ${struct} ${struct}_t;\nDEFINE_XEN_GUEST_HANDLE(${struct}_t);\n`;
  }
  return text;
}

/** Declarations added in a part of a struct. */
function addedMembers(item: SourceItem): string {
  if (item.kind !== 'part') return '';
  const members = item.lines.flatMap(({ state, text }, index) =>
    state === 'added' && !/^\s*#/.test(text) ? [item.code[index]?.trim() ?? ''] : [],
  );
  return members.filter((each) => each !== '').join(' ');
}
