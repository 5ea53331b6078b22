// C headers for programs that call the user's hypercalls. They extend libxen-dev's headers, and come before them in the include path.

import { say } from '../language/say.ts';
import { services } from '../xen/hypercalls/table.ts';
import type { FieldType } from './arguments.ts';
import type { UserHypercall } from './define.ts';
import type { StructType } from './struct.ts';
import type { UserOperation } from './user-operation.ts';

/** Files by their path below the include directory. */
export type HeaderFiles = Readonly<Record<string, string>>;

/** The headers for `gcc -I DIR`. Throws TypeError if two structs with the same name differ. */
export function headerFiles(
  hypercalls: readonly UserHypercall[],
  operations: readonly UserOperation[] = [],
): HeaderFiles {
  return {
    'xen/fauxen.h': definitions(hypercalls, operations),
    'xen/xen.h': `${MADE}#ifndef FAUXEN_XEN_XEN_H
#define FAUXEN_XEN_XEN_H
#include <stdint.h>
#if defined(__has_include_next)
#if __has_include_next(<xen/xen.h>)
#include_next <xen/xen.h>
#endif
#else
#include_next <xen/xen.h>
#endif
#include "fauxen.h"
#endif
`,
    // libxen-dev's privcmd.h needs xen.h before it. Many tutorials omit that, or use the kernel's path for privcmd.h.
    'xen/sys/privcmd.h': `${MADE}#ifndef FAUXEN_XEN_PRIVCMD_H
#define FAUXEN_XEN_PRIVCMD_H
#include <xen/xen.h>
#include_next <xen/sys/privcmd.h>
#endif
`,
    'xen/linux/privcmd.h': `${MADE}#include <xen/sys/privcmd.h>\n`,
  };
}

const MADE = '/* Made by fauxen headers; make it again when your hypercalls change. */\n';

function definitions(hypercalls: readonly UserHypercall[], operations: readonly UserOperation[]): string {
  const structs = collectStructs(hypercalls, operations);
  return [
    `${MADE}#ifndef FAUXEN_H\n#define FAUXEN_H\n#include <stddef.h>\n#include <stdint.h>\n`,
    '#if defined(__cplusplus)\n#define FAUXEN_ASSERT(what, text) static_assert(what, text)',
    '#else\n#define FAUXEN_ASSERT(what, text) _Static_assert(what, text)\n#endif\n',
    ...structs.map(structText),
    ...[...hypercalls].sort((a, b) => a.number - b.number).map(numberText),
    ...[...operations].sort((a, b) => a.number - b.number).map(operationText),
    '#endif\n',
  ].join('\n');
}

function numberText({ name, number, args, source }: UserHypercall): string {
  const parameters = Object.entries(args).map(
    ([each, { cType }]) => `${cType}${cType.endsWith('*') ? '' : ' '}${each}`,
  );
  const macro = `__HYPERVISOR_${name}`;
  return `/* ${name}(${parameters.join(', ')}), ${source ?? 'of your own'} */\n#undef ${macro}\n#define ${macro} ${number}\n`;
}

/** XEN_DOMCTL_name and so on. In a union the struct is at `u`: (struct name *)&domctl.u. */
function operationText({ of, name, number, struct, source }: UserOperation): string {
  const macro = `${services.get(of)?.prefix ?? of}_${name}`;
  const takes = struct === undefined ? '' : `, takes struct ${struct.name}`;
  return `/* ${of}: ${name}${takes}, ${source ?? 'of your own'} */\n#undef ${macro}\n#define ${macro} ${number}\n`;
}

function structText({ name, size, layout, members }: StructType<unknown>): string {
  const fields = members.map(([member, type]: readonly [string, FieldType<unknown>]) => `    ${type.declare(member)};`);
  const offsets = members.map(
    ([member]) =>
      `FAUXEN_ASSERT(offsetof(struct ${name}, ${member}) == ${layout.fields[member]?.[0]}, "struct ${name}: ${member} is not where the handler reads it");`,
  );
  return [
    `struct ${name} {`,
    ...fields,
    '};',
    `FAUXEN_ASSERT(sizeof(struct ${name}) == ${size}, "size of struct ${name} differs from the size that the handler reads");`,
    ...offsets,
    '',
  ].join('\n');
}

/** Every struct that an argument or a member mentions, the inner ones first. */
function collectStructs(
  hypercalls: readonly UserHypercall[],
  operations: readonly UserOperation[],
): StructType<unknown>[] {
  const found = new Map<string, StructType<unknown>>();
  const add = (type: StructType<unknown>): void => {
    for (const inner of type.inner) add(inner);
    const known = found.get(type.name);
    if (known === undefined) found.set(type.name, type);
    else if (JSON.stringify(known.layout) !== JSON.stringify(type.layout))
      throw new TypeError(
        say('two different structs are called {name}: give one of them another name', { name: type.name }),
      );
  };
  for (const { args } of hypercalls) {
    for (const argument of Object.values(args)) {
      const type = argument.struct?.();
      if (type !== undefined) add(type);
    }
  }
  for (const { struct } of operations) if (struct !== undefined) add(struct);
  return [...found.values()];
}
