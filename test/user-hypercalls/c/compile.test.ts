import t from 'tap';
import { errno } from '../../../src/xen/errno.ts';
import { head, loadC as load, NUMBER, skip } from '../../helpers/c-hypercalls.ts';

t.test('a C hypercall copies, prints, sees its caller, and answers', { skip }, async (t) => {
  const { guest, said, call } = await load(
    t,
    'hello.c',
    `${head}
long do_hello(XEN_GUEST_HANDLE_PARAM(char) s, unsigned int n, XEN_GUEST_HANDLE_PARAM(ulong) out)
{
    char buf[16];
    unsigned long twice = 2ul * n;
    if ( n >= sizeof(buf) )
        return -E2BIG;
    if ( copy_from_guest(buf, s, n) )
        return -EFAULT;
    buf[n] = 0;
    printk(XENLOG_INFO "d%d says %s, %#lx, [%4d] [%-4d] [%04d] %c %%\\n", current->domain->domain_id, buf, 255ul, 7, 7, -7, 'x');
    return copy_to_guest(out, &twice, 1) ? -EFAULT : (long)n;
}
`,
  );
  t.equal(call(guest.base, 5, guest.base + 64), 5);
  t.equal(guest.view.getBigUint64(64, true), 10n);
  t.equal(said(), '(XEN) d0 says hello, 0xff, [   7] [7   ] [-007] x %\n');
  t.equal(call(guest.base, 16, 0), -errno.E2BIG);
  t.equal(call(0xdeadbeef000, 5, 0), -errno.EFAULT);
  t.equal(call(guest.base, 5, 0), -errno.EFAULT);
});

t.test('a 64-bit argument keeps all its bits', { skip }, async (t) => {
  const { call } = await load(t, 'wide.c', `${head}long do_hello(unsigned long a, int b) { return (a >> 40) + b; }\n`);
  t.equal(call(2n ** 45n, -1), 31);
});

t.test(
  "the classic tutorial's char * prints as on a Xen without SMAP, and says that it would fault today",
  { skip },
  async (t) => {
    const { guest, said, call } = await load(
      t,
      'classic.c',
      `${head}int do_hello(char *string) { printk("[%s]\\n", string); return 0; }\n`,
    );
    t.equal(call(guest.base), 0);
    t.match(said(), /a guest's pointer 0x400000 was printed with %s .*SMAP.*copy_from_guest/);
    t.match(said(), '(XEN) [hello]\n');
  },
);

t.test(
  'a guest pointer that is followed, a BUG and a division by zero end the call, not the daemon',
  { skip },
  async (t) => {
    const { guest, said, failures, call } = await load(
      t,
      'wrong.c',
      `${head}
long do_hello(char *s, long what)
{
    if ( what == 0 ) return s[0];
    if ( what == 1 ) BUG();
    return 1000 / (what - 2);
}
`,
    );
    for (let what = 0; what < 3; what += 1) t.equal(call(2 ** 40 + guest.base, what), -errno.EFAULT);
    t.match(
      failures.map(({ message }) => message),
      [/dereferenced a pointer .*copy_from_guest/, /BUG at .*wrong\.c:8/, /divide by zero/],
    );
    t.match(said(), 'handler threw');
    t.equal(call(guest.base, 3), 1000);
  },
);

t.test('a mistake is reported with file and line', { skip }, async (t) => {
  const cases: [string, RegExp][] = [
    [`${head}long do_hello(long a)\n{\n    return a +;\n}\n`, /x\.c:6: expected expression/],
    ['int nothing;\n', /x\.c:1: no hypercall/],
    [`${head}static long do_hello(long a) { return a; }\n`, /x\.c:4: do_hello is static/],
    ['\nlong do_other(long a) { return a; }\n', /x\.c:2: do_other has no number: add `#define __HYPERVISOR_other/],
  ];
  for (const [text, message] of cases) {
    await t.rejects(load(t, 'x.c', text), { message });
  }
});

t.test('a function is a hypercall if its name has a number in any form; do_ helpers are not', { skip }, async (t) => {
  const cases = {
    'a helper': 'static int do_sum(int a, int b) { return a + b; }\nlong do_hello(int a) { return do_sum(a, 1); }',
    'a helper that is not static':
      'int do_sum(int a, int b);\nint do_sum(int a, int b) { return a + b; }\nlong do_hello(int a) { return do_sum(a, 1); }',
    'a macro for the name': '#define DO(name) long do_##name\nDO(hello)(int a) { return a + 1; }',
    'declared before': 'long do_hello(int);\nlong\ndo_hello(\n    int a /* one, two */)\n{ return a + 1; }',
    'the style of Kernighan and Ritchie': 'long do_hello(int);\nlong do_hello(a) int a; { return a + 1; }',
    'unsigned char': 'unsigned char do_hello(unsigned char a) { return a + 1; }',
    'unsigned long long': 'unsigned long long do_hello(int a) { return a + 1; }',
    int16_t: 'int16_t do_hello(int a) { return a + 1; }',
    bool: 'bool do_hello(int a) { return a == 5; }',
    'a type of its own':
      'typedef long answer_t;\nstatic inline answer_t twice(answer_t a) { return 2 * a; }\nanswer_t do_hello(answer_t a) { return twice(a) - 4; }',
  };
  for (const [name, text] of Object.entries(cases)) {
    const { call } = await load(t, 'x.c', `#include <xen/lib.h>\n#define __HYPERVISOR_hello ${NUMBER}\n${text}\n`);
    t.equal(call(5), name === 'bool' ? 1 : 6, name);
  }
  const { call } = await load(
    t,
    'y.c',
    '#define BASE 30\n#define __HYPERVISOR_hello (BASE + 9)\nlong do_hello(void) { return 6; }\n',
  );
  t.equal(call(), 6, 'a number that is an expression');
});

t.test('a hypercall of six arguments gets the five that privcmd passes', { skip }, async (t) => {
  const { call } = await load(
    t,
    'six.c',
    `${head}long do_hello(int a, XEN_GUEST_HANDLE_PARAM(void) b, int c, int d, uint32_t e, uint32_t f)\n{ return a + c + d + e + 10 * f; }\n`,
  );
  t.equal(call(1, 0, 2, 3, 4), 10);
  await t.rejects(
    load(t, 'seven.c', `${head}long do_hello(int a, int b, int c, int d, int e, int f, int g) { return 0; }\n`),
    { message: /seven\.c:4: do_hello takes 7 arguments; Xen passes 6 at most/ },
  );
});
