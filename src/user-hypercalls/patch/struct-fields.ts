// Members that a patch adds to structs that it shows only in part: struct domain, struct vcpu, and the unions of domctl and similar structs.

import type { Abi } from '../../xen/abi/abi.ts';
import type { AddedCase } from './cases.ts';
import type { Place } from './diff.ts';
import { releaseMember } from './release-union.ts';
import type { SourceItem } from './sources.ts';

export interface AddedFields {
  /** Headers that Fauxen's own include into its structs: the added members that the code uses. */
  readonly headers: Readonly<Record<string, string>>;
  /** Fields that Fauxen's headers also have, as data of the model. The patch's own fields get other names, and start as 0. */
  readonly renamed: readonly string[];
}

/** Structs of Xen's to which members can be added (include/fauxen/domain.h). */
const structs = ['domain', 'vcpu', 'arch_domain', 'arch_vcpu', 'hvm_domain', 'hvm_vcpu', 'pv_domain', 'pv_vcpu'];
/** The header in which Fauxen's own look for the members of a struct, or for the types of members. */
const headerOf = (name: string) => `fauxen-fields/${name}.h`;
export const fieldTypesHeader = headerOf('types');

export function addedFields(
  items: readonly SourceItem[],
  used: ReadonlySet<string>,
  own: ReadonlySet<string>,
): AddedFields {
  const headers: Record<string, string> = {};
  const renamed = new Set<string>();
  for (const item of items) {
    if (!/include\/(xen\/sched|asm(-x86)?\/(hvm\/)?(domain|vcpu))\.h$/.test(item.path)) continue;
    for (const { text, at } of addedMembers(item)) {
      if (!(text.match(/\w+/g) ?? []).some((word) => used.has(word) && isMember(text, word))) continue;
      const names = text.replace(/\b\w+(?=\s*(\[[^\]]*\]\s*)?(:\s*\d+\s*)?[;,])/g, (name) => {
        if (!own.has(name)) return name;
        renamed.add(name);
        return renamedField(name);
      });
      const header = headerOf(structOf(item));
      headers[header] = `${headers[header] ?? ''}#line ${at.line} "${at.file}"\n${names}\n`;
    }
  }
  return { headers, renamed: [...renamed] };
}

/** Whether a declaration declares a name, not only mentions it. */
function isMember(text: string, name: string): boolean {
  return new RegExp(`\\b${name}\\s*[;[,:)]`).test(text);
}

/** The struct that a part belongs to: the hunk's heading names it; otherwise, the struct of the header that has most of the fields. */
function structOf({ head, path }: SourceItem): string {
  const named = /\bstruct\s+(\w+)/.exec(head)?.[1]?.replace('exec_domain', 'vcpu') ?? '';
  if (structs.includes(named)) return named;
  const name = /hvm\/vcpu/.test(path) ? 'hvm_vcpu' : /hvm\/domain/.test(path) ? 'hvm_domain' : 'arch_domain';
  return /xen\/sched\.h$/.test(path) ? 'domain' : name;
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
  { hypercall: 'dm_op', struct: 'xen_dm_op', header: 'xen/include/public/hvm/dm_op.h', head: 'uint32_t op, pad;' },
];

/**
 * The structs with a union that the cases need, with the members that they use: those that the patch adds, and the release's own. A
 * union has 128 bytes in every release. `itemsOf` returns the known items of a header.
 */
export function unionText(
  itemsOf: (path: string) => readonly SourceItem[],
  cases: readonly AddedCase[],
  abi: Abi,
): string {
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
    const added = members.join('\n');
    const old = [...used].flatMap((name) =>
      new RegExp(`\\b${name}\\s*[;[]`).test(added) ? [] : (releaseMember(abi, struct, name) ?? []),
    );
    members.push(...old.map(({ member }) => member));
    text += `#line 1 "fauxen"\n${old.map(({ type }) => type).join('')}`;
    text += `struct ${struct} { ${head} union { ${[...new Set(members)].join(' ')} uint8_t pad[128]; } u __attribute__((aligned(8))); };\n`;
    text += `typedef struct ${struct} ${struct}_t;\nDEFINE_XEN_GUEST_HANDLE(${struct}_t);\n`;
  }
  return text;
}

/** Declarations added in a part of a struct, each with its place. */
function addedMembers(item: SourceItem): { text: string; at: Place }[] {
  if (item.kind !== 'part') return [];
  const members: { text: string; at: Place }[] = [];
  let open: { text: string; at: Place } | undefined;
  for (const [index, { state, text, at }] of item.lines.entries()) {
    const code = item.code[index]?.trim() ?? '';
    if (state !== 'added' || /^\s*#/.test(text) || code === '') continue;
    open = open === undefined ? { text: code, at } : { text: `${open.text} ${code}`, at: open.at };
    if (!open.text.endsWith(';')) continue;
    // A prototype: a header is known in part, so that its struct may have ended before.
    if (!/\w\s*\((?!\s*\*)[^)]*\)\s*;$/.test(open.text) || /\(\s*\*/.test(open.text)) members.push(open);
    open = undefined;
  }
  return members;
}
