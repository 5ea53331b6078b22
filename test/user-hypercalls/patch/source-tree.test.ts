import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import t, { type Test } from 'tap';
import { LoadedHypercalls } from '../../../src/user-hypercalls/loaded.ts';
import { FakeGuest } from '../../xen/fake-guest.ts';
import { hypercall, testHypervisor } from '../../xen/host.ts';
import { change, hunk, skip } from './fixtures.ts';

/** The relevant parts of a 4.17 tree in the places where a hypercall is added. */
const pristine = {
  'xen/Makefile': 'export XEN_VERSION       = 4\nexport XEN_SUBVERSION    = 17\n',
  'xen/include/public/xen.h':
    '#define __HYPERVISOR_xen_version 17\n#define __HYPERVISOR_dom0_op __HYPERVISOR_platform_op\n#define __HYPERVISOR_platform_op 7\n',
  'xen/include/public/version.h':
    '#define XENVER_version 0\n#define XENVER_get_features 6\nstruct xen_feature_info {\n    unsigned int submap_idx;\n    uint32_t submap;\n};\ntypedef struct xen_feature_info xen_feature_info_t;\n',
  'xen/include/hypercall-defs.c':
    'prefix: do\nvm_assist(unsigned int cmd, unsigned int type)\n\ntable:   pv32     pv64     hvm32    hvm64    arm\nvm_assist   do  do  do  do  do\nmca   do  do  -  -  -\n',
  'xen/common/kernel.c': `#include <xen/lib.h>
#include <public/version.h>

static int helper(int a)
{
    return a;
}

long do_xen_version(int cmd, XEN_GUEST_HANDLE_PARAM(void) arg)
{
    switch ( cmd )
    {
    case XENVER_version:
        return internal_of_xen->x;

    case XENVER_get_features:
        return 0;
    }

    return -ENOSYS;
}
`,
};

function treeOf(t: Test, changes: Partial<Record<string, (text: string) => string>>): string {
  const root = t.testdir({});
  for (const path of new Set([...Object.keys(pristine), ...Object.keys(changes)])) {
    const text = pristine[path as keyof typeof pristine] ?? '';
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), changes[path]?.(text) ?? text);
  }
  return root;
}

async function loaded(files: string[]) {
  const xen = await testHypervisor();
  const notes: string[] = [];
  const hypercalls = new LoadedHypercalls({
    hypervisor: xen,
    onFailure: (_, error) => {
      throw error;
    },
    say: (_, text) => notes.push(text),
  });
  hypercalls.load(files);
  const guest = new FakeGuest(65536, 0x400000);
  return { notes, hypercalls, call: (number: number, ...args: number[]) => hypercall(xen, guest, number, args) };
}

const edited = {
  'xen/include/public/xen.h': (text: string) => `${text}#define __HYPERVISOR_plus 43\n`,
  'xen/include/public/version.h': (text: string) => `${text}#define XENVER_lucky 90\n`,
  'xen/include/hypercall-defs.c': (text: string) =>
    `${text.replace('vm_assist(', 'plus(int a)\nvm_assist(')}plus   do  do  -  -  -\n`,
  'xen/common/kernel.c': (text: string) =>
    `${text.replace('    case XENVER_get', '    case XENVER_lucky:\n        return calls;\n\n    case XENVER_get').replace('static int', 'static int calls;\nstatic int')}
long do_plus(int a)
{
    xen_feature_info_t info = { .submap_idx = a };

    calls++;
    return helper(info.submap_idx) + one();
}
`,
  'xen/common/plus.c': () => '#include <xen/lib.h>\nint one(void);\nint one(void)\n{\n    return 1;\n}\n',
  'xen/include/xen/plus.h': () => 'int one(void);\n',
};

t.test('an unchanged release tree adds nothing', async (t) => {
  const { notes } = await loaded([treeOf(t, {})]);
  t.match(notes, [/nothing beyond Xen 4\.17/]);
});

t.test('an edited tree adds its hypercalls and commands, with what they need from the tree', { skip }, async (t) => {
  const root = treeOf(t, edited);
  for (const directory of [root, join(root, 'xen')]) {
    const { call, notes } = await loaded([directory]);
    t.equal(call(43, 5), 6);
    t.equal(call(43, 7), 8);
    t.equal(call(17, 90), 2);
    t.equal(call(17, 0), 0x40011, "Xen's own commands are the model's");
    t.same(notes, []);
  }
});

t.test("a saved file of the tree is reloaded; a mistake is reported with the tree's file", { skip }, async (t) => {
  const root = treeOf(t, edited);
  const { call, notes, hypercalls } = await loaded([root]);
  t.same(hypercalls.files, [root]);
  writeFileSync(join(root, 'xen/common/plus.c'), 'int one(void);\nint one(void)\n{\n    return 2;\n}\n');
  t.equal(hypercalls.reload(root), true);
  t.equal(call(43, 5), 7);
  appendFileSync(join(root, 'xen/common/plus.c'), 'int two(void) { return 2 }\n#define one() two(\n');
  writeFileSync(join(root, 'xen/common/plus.c'), 'int one(void);\nint one(void)\n{\n    return 2\n}\n');
  t.equal(hypercalls.reload(root), false);
  t.match(notes.at(-1), new RegExp(`not reloaded.*${root}/xen/common/plus\\.c:4: expected ';'`));
  t.equal(call(43, 5), 7);
});

t.test('a patch on a tree is applied to its files', { skip }, async (t) => {
  const root = treeOf(t, edited);
  const patch = join(root, 'more.patch');
  writeFileSync(
    patch,
    change('xen/common/plus.c', hunk(' int one(void)\n {\n-    return 1;\n+    return 10;\n }\n', '', 3)),
  );
  t.equal((await loaded([root, patch])).call(43, 5), 15);
  writeFileSync(
    patch,
    change('xen/common/plus.c', hunk(' int one(void)\n {\n-    return 3;\n+    return 10;\n }\n', '', 3)),
  );
  await t.rejects(loaded([root, patch]), {
    message: /more\.patch:4: this hunk does not apply: .*line 7 of the patch expects "return 3;"/,
  });
});

t.test('a folder that is not a Xen tree, or is of another release, is reported', async (t) => {
  await t.rejects(loaded([t.testdir({})]), {
    message: /no source tree of Xen: it has no xen\/include\/public\/xen\.h/,
  });
  const { notes } = await loaded([treeOf(t, { 'xen/Makefile': (text) => text.replace('17', '14') })]);
  t.match(notes, [/it is Xen 4\.14, but compared with Xen 4\.17: give --xen 4\.14/, /nothing beyond/]);
});
