import t from 'tap';
import { body, change, create, hunk, number, patched, plus, pvEntry, skip } from './fixtures.ts';

const defs = (prototype: string, row = 'plus                              do       do       do       do       do') =>
  change(
    'xen/include/hypercall-defs.c',
    hunk(`+${prototype}\n #ifdef CONFIG_HYPFS\n hypfs_op(unsigned int cmd, const char *arg1)\n`),
    hunk(
      ` #ifdef CONFIG_HYPFS\n hypfs_op                           do       do       do       do       do\n #endif\n+${row}\n`,
      '',
      200,
    ),
  );

const text = 'long do_plus(XEN_GUEST_HANDLE_PARAM(char) s, unsigned int n)\n{\n    return n;\n}';

t.test('a prototype of hypercall-defs.c that differs from the definition is a mistake', { skip }, async (t) => {
  const notes = async (prototype: string, definition = body(text)) =>
    (await patched(t, number('plus', 43) + defs(prototype) + definition)).notes;
  t.same(await notes('plus(char *s, unsigned int n)'), []);
  t.same(await notes('plus(char *text, uint32_t length)'), [], 'another name of the same type');
  for (const [prototype, definition] of [
    ['plus(char *s, unsigned long n)', text],
    ['plus(char *s, unsigned int n)', text.replace('long', 'int')],
  ] as const)
    t.match(await notes(prototype, body(definition)), [['info', /conflicting types for 'do_plus'/]], prototype);
  const alone =
    create('xen/common/plus.c', text.replace('long', 'int')) +
    change('xen/common/Makefile', hunk('+obj-y += plus.o\n'));
  t.same(await notes('plus(char *s, unsigned int n)', alone), [], 'a new file that does not include the declarations');
  t.match(await notes('plus(unknown_t *s, unsigned int n)'), [], 'a type that Fauxen does not have is not compared');
});

t.test('a table of C needs a declaration of its function', { skip }, async (t) => {
  const { notes, call } = await patched(t, number('plus', 43) + pvEntry('plus') + plus, { version: '4.11' });
  const missing = notes.filter(([, each]) => /no header of the patch declares do_plus/.test(each));
  t.match(missing, [['info', /extern long do_plus\(int a\);/]]);
  t.equal(call(5), 6);
  const header = change(
    'xen/include/xen/hypercall.h',
    hunk('+extern long do_plus(int a);\n+\n extern long\n do_kexec_op(\n'),
  );
  const declared = await patched(t, number('plus', 43) + pvEntry('plus') + plus + header, { version: '4.11' });
  t.notOk(declared.notes.some(([, each]) => /declares/.test(each)));
});

t.test('a row of the args table with too few arguments is reported once', { skip }, async (t) => {
  const row = (count: number) =>
    change(
      'xen/arch/x86/hypercall.c',
      hunk(`     ARGS(xenpmu_op, 2),\n     ARGS(dm_op, 3),\n+    ARGS(plus, ${count}),\n`),
    );
  const notes = async (count: number) =>
    (
      await patched(
        t,
        number('plus', 43) + pvEntry('plus') + row(count) + body('long do_plus(int a, int b)\n{\n    return a + b;\n}'),
        { version: '4.11' },
      )
    ).notes;
  const short = (await notes(1)).filter(([, each]) => /1 of its 2 arguments/.test(each));
  t.equal(short.length, 1);
  t.notOk((await notes(2)).some(([, each]) => /of its/.test(each)));
  t.notOk(
    (await notes(3)).some(([, each]) => /of its/.test(each)),
    'more are harmless',
  );
});

t.test('a message about a line of a table is given once, whatever guests it concerns', { skip }, async (t) => {
  const { notes } = await patched(t, number('plus', 41) + pvEntry('plus') + plus, {}, 41);
  const texts = notes.map(([, each]) => each);
  t.ok(texts.some((each) => /__HYPERVISOR_plus is 41, as __HYPERVISOR_dm_op is/.test(each)));
  t.same(texts, [...new Set(texts)]);
});
