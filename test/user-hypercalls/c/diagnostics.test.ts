import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { LoadError } from '../../../src/user-hypercalls/load-error.ts';
import { LoadedHypercalls } from '../../../src/user-hypercalls/loaded.ts';
import { head, loadC, skip } from '../../helpers/c-hypercalls.ts';
import { FakeGuest } from '../../xen/fake-guest.ts';
import { hypercall, testHypervisor } from '../../xen/host.ts';

const body = (text: string) => `${head}long do_hello(long a)\n{\n    ${text}\n}\n`;

t.test('an undefined name is an error with its line and the nearest name', { skip }, async (t) => {
  const cases: [string, RegExp][] = [
    ['return no_such_function_anywhere(a);', /x\.c:6: Fauxen's Xen has no function 'no_such_function_anywhere'/],
    ['return snprontf(0, 0, "x");', /x\.c:6: .*no function 'snprontf'; the nearest name is 'snprintf'/],
    ['return DOMID_SELFF + a;', /x\.c:6: .*nothing called 'DOMID_SELFF'; the nearest name is 'DOMID_SELF'/],
    ['spinlok_t lock;\n    return a;', /x\.c:6: .*no type 'spinlok_t'; the nearest name is 'spinlock_t'/],
    ['return current->domain->max_vcpu;', /x\.c:6: .*no field of struct domain, 'max_vcpu'; .*'max_vcpus'/],
    ['return current->domain->domain_id = 4;', /x\.c:6: .*const.*read-only/],
    [
      'struct tasklet t;\n    tasklet_schedule(&t);\n    return 0;',
      /x\.c:7: tasklet_schedule: Fauxen has none: nothing of a file/,
    ],
    ['struct timer t;\n    set_timer(&t, NOW());\n    return 0;', /x\.c:7: set_timer: Fauxen has none/],
    ['asm volatile ( "rdtsc" : "=a" (a) );\n    return a;', /x\.c:6: .*no x86 instructions/],
    ['asm volatile ( "hlt" ::: "memory" );\n    return a;', /x\.c:6: .*no x86 instructions/],
    ['char b[4];\n    strcpy(b, "x");\n    return b[0];', /x\.c:7: strcpy: Xen has none either.*strlcpy/],
  ];
  for (const [text, message] of cases) await t.rejects(loadC(t, 'x.c', body(text)), { name: 'LoadError', message });
  const declared = `${head}long declared(long a);\nlong do_hello(long a)\n{\n    return declared(a);\n}\n`;
  await t.rejects(loadC(t, 'x.c', declared), { message: /x\.c:7: .*no function or variable 'declared'/ });
  await t.rejects(loadC(t, 'x.c', `#line 50 "other.c"\n${declared}`), {
    message: /^other\.c:56: .*no function or variable 'declared'/,
  });
  await t.rejects(loadC(t, 'x.c', `#include <xen/shed.h>\n${body('return a;')}`), {
    message: /x\.c:1: no header 'xen\/shed\.h' .*nearest is 'xen\/sched\.h'/,
  });
  await loadC(t, 'x.c', `#include <asm/hvm/vmx/vmx.h>\n#include <public/domctl.h>\n${body('return a;')}`);
});

t.test('floating point, which a real build refuses, is refused', { skip }, async (t) => {
  const cases: [string, RegExp][] = [
    ['return a * 1.5;', /x\.c:4: do_hello uses floating point: .*Use integers/],
    ['printk("%f\\n", (double)a);\n    return 0;', /x\.c:4: do_hello uses floating point/],
    ['float f = a;\n    return f * f > 2;', /x\.c:4: do_hello uses floating point/],
  ];
  for (const [text, message] of cases) await t.rejects(loadC(t, 'x.c', body(text)), { name: 'LoadError', message });
  const { call } = await loadC(t, 'x.c', body('return a + (int)(2 * 1.5);'));
  t.equal(call(4), 7, 'a constant is computed by the compiler');
});

t.test('characters and guest handles that beginners write are explained', { skip }, async (t) => {
  const cases: [string, RegExp][] = [
    ['return a；', /x\.c:6: ； in place of ;/],
    ['return f（a）;', /x\.c:6: （ in place of \(/],
    ['printk(“hello”);\n    return 0;', /x\.c:6: “ in place of "/],
    [
      'char *p = NULL, b[2];\n    return copy_from_guest(b, p, 1);',
      /x\.c:7: .*declare it as XEN_GUEST_HANDLE_PARAM\(char\)/,
    ],
  ];
  for (const [text, message] of cases) {
    const error = await loadC(t, 'x.c', body(text)).then(
      () => undefined,
      (thrown: LoadError) => thrown,
    );
    t.match(error, { message });
    t.notOk(
      error?.mistakes?.some((each) => /runtime/.test(each)),
      'nothing about Fauxen’s own headers',
    );
  }
  await t.rejects(
    loadC(t, 'x.c', `struct foo { int a; };\nDEFINE_XEN_GUEST_HANDLE(struct foo);\n${body('return a;')}`),
    {
      message: /x\.c:2: a guest handle is of a type with a name of one word/,
    },
  );
});

t.test("a warning of Xen's build fails the build", { skip }, async (t) => {
  const cases: [string, RegExp][] = [
    [
      'printk("%s\\n", a);\n    return 0;',
      /x\.c:6: format specifies type 'char \*'.*\[-Wformat\]\. This is a warning, .*-Werror/,
    ],
    ['int unused;\n    return a;', /x\.c:6: unused variable 'unused' \[-Wunused-variable\]/],
    ['a++;\n    int late = 1;\n    return a + late;', /x\.c:7: .*mixing declarations and code/],
    ['return current;', /x\.c:6: incompatible pointer to integer conversion/],
    ['if ( a )\n        return 1;', /x\.c:8: .*(control reaches end|does not return a value)/],
    ['char b[a];\n    return sizeof(b);', /x\.c:6: variable length array/],
  ];
  for (const [text, message] of cases) await t.rejects(loadC(t, 'x.c', body(text)), { message });
});

t.test('a file saved with a mistake leaves the old hypercall active', { skip }, async (t) => {
  const path = join(t.testdir({}), 'live.c');
  const xen = await testHypervisor();
  const loaded = new LoadedHypercalls({ hypervisor: xen, onFailure: () => {} });
  const ask = () => hypercall(xen, new FakeGuest(), 39, [5]);
  writeFileSync(path, body('return a + 1;'));
  loaded.load([path]);
  t.equal(ask(), 6);
  for (const mistake of [
    'return not_there(a);',
    'extern long nor_this(long);\n    return nor_this(a);',
    'return a +;',
  ]) {
    writeFileSync(path, body(mistake));
    t.equal(loaded.reload(path), false);
    t.equal(ask(), 6, mistake);
  }
  writeFileSync(path, body('return a + 2;'));
  t.equal(loaded.reload(path), true);
  t.equal(ask(), 7);
  t.throws(() => loaded.load([join(path, '..', 'nowhere.c')]), LoadError);
});

t.test('every mistake of a file is listed, and the message counts those after the first', { skip }, async (t) => {
  const text = body('int unused;\n    missing_one(a);\n    return missing_two(min(a, 3));');
  const error = await loadC(t, 'x.c', text).catch((thrown: unknown) => thrown);
  if (!(error instanceof LoadError)) return t.fail('no LoadError');
  t.match(error.message, /x\.c:\d+: .* \(and 3 more\)$/);
  const places = error.mistakes.map((each) => /x\.c:(\d+): /.exec(each)?.[1]);
  t.same(places.sort(), ['6', '7', '8', '8']);
  t.notMatch(error.mistakes.join('\n'), /more\)/);
  const linked = `${head}long one(long a);\nlong two(long a);\nlong do_hello(long a)\n{\n    return one(a) + two(a);\n}\n`;
  const link = await loadC(t, 'x.c', linked).catch((thrown: unknown) => thrown);
  if (!(link instanceof LoadError)) return t.fail('no LoadError');
  t.match(link.mistakes, [/x\.c:8: .*'one'/, /x\.c:8: .*'two'/]);
});
