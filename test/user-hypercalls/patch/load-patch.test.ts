import t from 'tap';
import { body, change, create, hunk, number, patched, plus, pvEntry, skip } from './fixtures.ts';

t.test('a hypercall is added in each of Xen’s three layouts', { skip }, async (t) => {
  const entry = change(
    'xen/arch/x86/x86_64/entry.S',
    hunk(
      '         .quad do_kexec_op\n         .quad do_tmem_op\n+        .quad do_plus\n         .rept __HYPERVISOR_arch_0-((.-hypercall_table)/8)\n',
      'ENTRY(hypercall_table)',
    ),
    hunk(
      '         .byte 2 /* do_kexec             */\n         .byte 1 /* do_tmem_op           */\n+        .byte 1 /* do_plus */\n         .rept __HYPERVISOR_arch_0-(.-hypercall_args_table)\n',
      '',
      300,
    ),
  );
  const defs = change(
    'xen/include/hypercall-defs.c',
    hunk(
      ' console_io(unsigned int cmd, unsigned int count, char *buffer)\n+plus(int a)\n vm_assist(unsigned int cmd, unsigned int type)\n',
      '',
      160,
    ),
    hunk(
      ' hypfs_op                           do       do       do       do       do\n #endif\n+plus                               do       do       do       do       do\n',
      '',
      260,
    ),
  );
  const old = await patched(t, number('plus', 39) + entry + plus, { version: '4.4' }, 39);
  t.equal(old.call(5), 6);
  t.same(old.notes, []);
  const middle = await patched(t, number('plus', 43) + pvEntry('plus') + plus, { version: '4.14' });
  t.equal(middle.call(5), 6);
  t.match(middle.notes, [['info', /0\.patch:14: plus has no line in the args table of xen\/arch\/x86\/hypercall\.c/]]);
  const now = await patched(t, number('plus', 43) + defs + plus);
  t.equal(now.call(5), 6);
  t.same(now.notes, []);
});

t.test('a patch may also change tools, other lines of Xen, headers, helpers and variables', { skip }, async (t) => {
  const tools = change(
    'tools/libs/ctrl/xc_misc.c',
    hunk(
      ' }\n \n+static int do_plus(xc_interface *xch, int a)\n+{\n+    return xencall1(xch->xcall, __HYPERVISOR_plus, a);\n+}\n+\n',
    ),
  );
  const docs = create('docs/misc/plus.txt', 'long do_plus(int a) { not C at all }\n');
  const within = change(
    'xen/common/kernel.c',
    hunk(
      '     case XENVER_version:\n+        printk("asked\\n");\n         return 1;\n',
      'DO(xen_version)(int cmd, XEN_GUEST_HANDLE_PARAM(void) arg)',
      460,
    ),
    hunk(
      ' \n #endif\n \n+long do_plus(int a)\n+{\n+    plus_calls++;\n+    return add(a, PLUS_ONE) + plus_calls - 1;\n+}\n',
      '',
      600,
    ),
  );
  const elsewhere = change(
    'xen/common/domain.c',
    hunk(
      ' static DEFINE_SPINLOCK(domlist_update_lock);\n \n+int plus_calls;\n+\n+int add(int a, int b)\n+{\n+    return a + b;\n+}\n+\n+void needs_more(struct nothing_like_it *p)\n+{\n+    p->x->y();\n+}\n \n',
    ),
  );
  const header = change(
    'xen/include/xen/hypercall.h',
    hunk(
      ' extern long\n do_ni_hypercall(\n     void);\n \n+#define PLUS_ONE 1\n+extern int plus_calls;\n+extern int add(int a, int b);\n+extern long do_plus(int a);\n \n',
    ),
  );
  const { call } = await patched(t, tools + docs + number('plus', 43) + pvEntry('plus') + within + elsewhere + header);
  t.equal(call(5), 6);
  t.equal(call(5), 7, 'its variable lives from call to call');
});

t.test('a patch may add a header with the argument’s struct', { skip }, async (t) => {
  const header = create(
    'xen/include/public/plus.h',
    '#ifndef PLUS_H\n#define PLUS_H\n#include "xen.h"\n#define XEN_PLUS_ONE 1\nstruct xen_plus {\n    uint32_t a;\n    uint32_t sum;\n};\ntypedef struct xen_plus xen_plus_t;\nDEFINE_XEN_GUEST_HANDLE(xen_plus_t);\n#endif\n',
  );
  const code = create(
    'xen/common/plus.c',
    `#include <xen/lib.h>
#include <xen/guest_access.h>
#include <public/plus.h>

static uint32_t one(void) { return XEN_PLUS_ONE; }

long do_plus(XEN_GUEST_HANDLE_PARAM(xen_plus_t) arg)
{
    xen_plus_t p;

    if ( copy_from_guest(&p, arg, 1) )
        return -EFAULT;
    p.sum = p.a + one();
    return copy_to_guest(arg, &p, 1) ? -EFAULT : 0;
}
`,
  );
  const { call, guest, notes } = await patched(t, number('plus', 43) + header + pvEntry('plus') + code);
  guest.view.setUint32(0, 5, true);
  t.equal(call(guest.base), 0);
  t.equal(guest.view.getUint32(4, true), 6);
  t.equal(call(0), -14);
  t.match(notes, [
    ['info', /args table/],
    [
      'info',
      /0\.patch:\d+: no Makefile of the patch names xen\/common\/plus\.c: add "obj-y \+= plus\.o" to xen\/common\/Makefile/,
    ],
  ]);
  const made = change('xen/common/Makefile', hunk(' obj-y += page_alloc.o\n+obj-y += plus.o\n obj-y += rangeset.o\n'));
  const { notes: fewer } = await patched(t, number('plus', 43) + header + pvEntry('plus') + code + made);
  t.match(fewer, [['info', /args table/]]);
});

t.test('a series may be one file or several, and a later commit corrects an earlier one', { skip }, async (t) => {
  const first = number('plus', 43) + pvEntry('plus') + body('long do_plus(int a)\n{\n    return a + 2;\n}');
  const second = change(
    'xen/common/kernel.c',
    hunk(' long do_plus(int a)\n {\n-    return a + 2;\n+    return a + 1;\n }\n', '', 603),
  );
  t.equal((await patched(t, first + second)).call(5), 6);
  t.equal((await patched(t, [first, second])).call(5), 6);
});

t.test('a mistake in its C is reported with the line of the patch', { skip }, async (t) => {
  const text = number('plus', 43) + pvEntry('plus') + body('long do_plus(int a)\n{\n    return a +;\n}');
  const line = text.split('\n').indexOf('+    return a +;') + 1;
  await t.rejects(patched(t, text), { message: new RegExp(`0\\.patch:${line}: expected expression`) });
});

t.test('the number may be an expression, another name, or a table position', { skip }, async (t) => {
  t.equal((await patched(t, number('plus', '__HYPERVISOR_arch_3') + pvEntry('plus') + plus, {}, 51)).call(5), 6);
  t.equal((await patched(t, number('plus', '(__HYPERVISOR_hypfs_op + 1)') + pvEntry('plus') + plus)).call(5), 6);
  const entry = change(
    'xen/arch/x86/x86_64/entry.S',
    hunk('         .quad do_domctl\n         .quad do_kexec_op\n         .quad do_tmem_op\n+        .quad do_plus\n'),
  );
  const other = await patched(t, number('do_plus', 39) + entry + plus, { version: '4.4' }, 39);
  t.equal(other.call(5), 6);
  const none = await patched(t, entry + plus, { version: '4.4' }, 39);
  t.equal(none.call(5), 6);
  t.match(none.notes, [
    ['info', /do_plus is hypercall 39.*no "#define __HYPERVISOR_plus 39"/],
    ['info', /args table/],
  ]);
});

t.test('what Xen’s build would refuse is refused with its place', { skip }, async (t) => {
  const cases: [string, RegExp][] = [
    [pvEntry('plus') + plus, /0\.patch:7: plus has no number: .*__HYPERVISOR_plus/],
    [
      number('plus', 43) + pvEntry('plus'),
      /0\.patch:14: do_plus is in the table, but no file of the hypervisor defines it/,
    ],
    [
      number('plus', 43) + pvEntry('plus') + body('static long do_plus(int a) { return a; }'),
      /0\.patch:23: do_plus is static/,
    ],
    [number('plus', 64) + pvEntry('plus') + plus, /0\.patch:14: number 64 of do_plus is beyond NR_hypercalls \(64\)/],
    [plus, /0\.patch:8: do_plus has neither a number nor a place in a table/],
    [create('xen/common/x.c', 'int x;\n'), /0\.patch:1: the patch adds no hypercall/],
  ];
  for (const [text, message] of cases) await t.rejects(patched(t, text), { message }, text);
});

t.test('oddities that Xen’s compiler accepts are accepted', { skip }, async (t) => {
  const bodies = {
    'DO(name) of kernel.c': 'DO(plus)(int a)\n{\n    return a + 1;\n}',
    'the type on a line of its own': 'long\ndo_plus(\n    int a)\n{\n    return a + 1;\n}',
    asmlinkage: 'asmlinkage long do_plus(int a) { return a + 1; }',
    'an attribute and a prototype':
      'extern long do_plus(int a) __attribute__((__noinline__));\nlong do_plus(int a)\n{\n    return a + 1;\n}',
    'braces in texts and comments':
      'long do_plus(int a)\n{\n    /* } { */\n    const char *s = "}{" ;\n    return a + (s[0] == \'}\');\n}',
    'a macro for the whole':
      '#define ADD(name, n) \\\n    long do_##name(int a) \\\n    { \\\n        return a + (n); \\\n    }\nlong do_plus(int a);\nlong do_plus(int a)\n{\n    return a + 1;\n}',
    'a struct with an initializer':
      'static const struct { int one; } plus_table[] = { { .one = 1 } };\nlong do_plus(int a)\n{\n    return a + plus_table[0].one;\n}',
    'an enum': 'enum plus_kind { PLUS_NONE, PLUS_ONE };\nlong do_plus(int a)\n{\n    return a + PLUS_ONE;\n}',
    'a function by pointer':
      'static int add_one(int a)\n{\n    return a + 1;\n}\nstatic int (*const plus_how)(int) = add_one;\nlong do_plus(int a)\n{\n    return plus_how(a);\n}',
  };
  for (const [name, text] of Object.entries(bodies)) {
    const { call } = await patched(t, number('plus', 43) + pvEntry('plus') + body(text));
    t.equal(call(5), 6, name);
  }
});

t.test('CRLF, a missing last newline and a hunk shifted by one brace are understood', { skip }, async (t) => {
  const shifted = change(
    'xen/common/kernel.c',
    hunk(
      '     foo();\n     return 0;\n+}\n+\n+long do_plus(int a)\n+{\n+    return a + 1;\n }\n \n long do_other(int b)\n',
      'static int before(void)',
      600,
    ),
  );
  const text = number('plus', 43) + pvEntry('plus') + shifted;
  t.equal((await patched(t, text)).call(5), 6);
  t.equal((await patched(t, text.replaceAll('\n', '\r\n'))).call(5), 6);
  t.equal((await patched(t, `${text}\\ No newline at end of file`)).call(5), 6);
});
