// Which line in which file of a release gives a kind of guest a hypercall.

import { say } from '../../../language/say.ts';
import type { ReleaseFacts } from '../release.ts';
import { type GuestKind, kindsOf } from './guest-kind.ts';

/** As `"HYPERCALL(plus)," to pv_hypercall_table in xen/arch/x86/pv/hypercall.c`; undefined if the release has no such table. */
export function tableLine(release: ReleaseFacts, kind: GuestKind, name: string): string | undefined {
  for (const [path, labels] of Object.entries(release.tables)) {
    if (path.endsWith('hypercall-defs.c'))
      return kind === 'xen32'
        ? undefined
        : say('"do" in column {column} of the row {name} in {path}', {
            column: kind === 'pvh64' ? 'hvm64' : kind,
            name,
            path,
          });
    for (const label of Object.keys(labels)) {
      const kinds = kindsOf(path, label);
      const line = lineOf(
        path,
        kinds?.native.includes(kind) === true,
        kinds?.compat.includes(kind) === true,
        label,
        name,
      );
      if (line !== undefined && !/args/.test(label)) return say('"{line}" to {label} in {path}', { line, label, path });
    }
  }
  return undefined;
}

function lineOf(path: string, native: boolean, compat: boolean, label: string, name: string): string | undefined {
  if (!native && !compat) return undefined;
  if (path.endsWith('.S')) return `${/x86_32/.test(path) ? '.long' : '.quad'} do_${name}`;
  return native || /32/.test(label) ? `HYPERCALL(${name}),` : `COMPAT_CALL(${name}),`;
}

/** The file of the args table, if the release has a separate one. */
export function argumentsFile(release: ReleaseFacts, kind: GuestKind): string | undefined {
  const wanted = kind === 'pv32' ? /^compat_hypercall_args_table$/ : /^hypercall_args_table$/;
  for (const [path, labels] of Object.entries(release.tables)) {
    if (/x86_32/.test(path)) continue;
    for (const label of Object.keys(labels)) if (wanted.test(label)) return path;
  }
  return undefined;
}
