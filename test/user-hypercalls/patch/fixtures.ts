import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { LoadedHypercalls } from '../../../src/user-hypercalls/loaded.ts';
import type { XenVersion } from '../../../src/xen/abi/abi.ts';
import type { Remark } from '../../../src/xen/call/call.ts';
import type { Hypervisor, HypervisorOptions } from '../../../src/xen/hypervisor.ts';
import { FakeGuest } from '../../xen/fake-guest.ts';
import { hypercall, printedAfter, testHypervisor } from '../../xen/host.ts';

export { skip } from '../../helpers/c-hypercalls.ts';

/** A hunk with correct counts, from lines that include the diff's first character. */
export function hunk(lines: string, heading = '', start = 100): string {
  const body = lines.replace(/\n$/, '').split('\n');
  const old = body.filter((line) => !line.startsWith('+')).length;
  const now = body.filter((line) => !line.startsWith('-')).length;
  return `@@ -${start},${old} +${start},${now} @@ ${heading}\n${body.join('\n')}\n`;
}

/** A diff of one file. */
export function change(path: string, ...hunks: string[]): string {
  return `diff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n${hunks.join('')}`;
}

/** A diff that creates a file. */
export function create(path: string, text: string): string {
  const lines = text.replace(/\n$/, '').split('\n');
  const added = lines.map((line) => `+${line}\n`).join('');
  return `diff --git a/${path} b/${path}\nnew file mode 100644\n--- /dev/null\n+++ b/${path}\n@@ -0,0 +1,${lines.length} @@\n${added}`;
}

export const number = (name: string, value: number | string) =>
  change(
    'xen/include/public/xen.h',
    hunk(` #define __HYPERVISOR_dm_op                41\n+#define __HYPERVISOR_${name}   ${value}\n \n`),
  );

export const pvEntry = (name: string) =>
  change(
    'xen/arch/x86/pv/hypercall.c',
    hunk(`     HYPERCALL(hypfs_op),\n #endif\n+    HYPERCALL(${name}),\n     HYPERCALL(mca),\n`),
  );

export const body = (text: string) =>
  change(
    'xen/common/kernel.c',
    hunk(` \n #endif\n \n${text.replace(/^/gm, '+')}\n`, 'DO(vm_assist)(unsigned int cmd, unsigned int type)', 600),
  );

export const plus = body('long do_plus(int a)\n{\n    return a + 1;\n}');

export interface Patched {
  hypervisor: Hypervisor;
  call(...args: (number | bigint)[]): number;
  callNumber(number: number, ...args: (number | bigint)[]): number;
  guest: FakeGuest;
  /** The messages at loading. */
  notes: [level: string, text: string][];
  said(): string;
  /** Of the last call. */
  remark(): Remark | undefined;
  names(): string[];
}

/** A hypervisor with patches loaded, each text as a separate file. */
export async function patched(
  t: Test,
  texts: string | string[],
  options: Partial<HypervisorOptions> & { version?: XenVersion } = {},
  numberCalled = 43,
): Promise<Patched> {
  const directory = t.testdir({});
  const files = [texts].flat().map((text, index) => {
    const file = join(directory, `${index}.patch`);
    writeFileSync(file, text);
    return file;
  });
  const xen = await testHypervisor({ commandLine: 'loglvl=all guest_loglvl=all', ...options });
  const notes: [string, string][] = [];
  const loaded = new LoadedHypercalls({
    hypervisor: xen,
    onFailure: (_, error) => {
      throw error;
    },
    say: (level, text) => notes.push([level, text.replaceAll(`${directory}/`, '')]),
  });
  loaded.load(files);
  let last: Remark | undefined;
  xen.hooks.notable.add((call) => {
    last = call.remark;
  });
  const guest = new FakeGuest(65536, 0x400000);
  return {
    hypervisor: xen,
    guest,
    notes,
    call: (...args) => hypercall(xen, guest, numberCalled, args),
    callNumber: (called, ...args) => hypercall(xen, guest, called, args),
    said: printedAfter(xen),
    remark: () => last,
    names: () =>
      xen
        .rows()
        .filter(({ source }) => source !== undefined)
        .map(({ name, number }) => `${name} ${number}`),
  };
}
