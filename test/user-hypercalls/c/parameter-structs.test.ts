import t from 'tap';
import { parameterStructs } from '../../../src/user-hypercalls/c/parameter-structs.ts';
import { head, loadC, NUMBER, skip } from '../../helpers/c-hypercalls.ts';
import { traced } from '../../trace/traced.ts';
import { hypercall } from '../../xen/host.ts';
import { body, create, number, patched, pvEntry } from '../patch/fixtures.ts';

const pair =
  'struct pair {\n    uint32_t first;\n    uint64_t second;\n};\ntypedef struct pair pair_t;\nDEFINE_XEN_GUEST_HANDLE(pair_t);\n';

t.test('a parameter’s struct is found by its type, or by what the code copies', (t) => {
  const of = (type: string, code = '') => parameterStructs([{ type, name: 'arg' }], code)[0]?.type;
  t.equal(of('struct pair *'), 'struct pair');
  t.equal(of('const struct pair *'), 'struct pair');
  t.equal(of('__guest_handle_pair_t'), 'pair_t');
  t.equal(of('__guest_handle_const_pair_t'), 'pair_t');
  for (const type of ['int', 'char *', 'const char *', 'uint64_t *', '__guest_handle_uint8_t', '__guest_handle_void'])
    t.equal(of(type), undefined, type);
  t.equal(of('__guest_handle_void', 'struct pair it;\nif ( copy_from_guest(&it, arg, 1) )'), 'struct pair');
  t.equal(of('void *', 'pair_t a, it;\nif ( copy_to_guest(arg, &it, 1) )'), 'pair_t');
  t.equal(of('void *', 'uint32_t it;\nif ( copy_to_user(arg, &it, 4) )'), undefined);
  t.end();
});

t.test('a trace shows the fields of a struct that a hypercall in C takes', { skip }, async (t) => {
  const handlers = [
    'long do_hello(XEN_GUEST_HANDLE_PARAM(pair_t) arg)\n{\n    pair_t it;\n\n    return copy_from_guest(&it, arg, 1) ? -EFAULT : it.first;\n}\n',
    'long do_hello(XEN_GUEST_HANDLE_PARAM(void) arg)\n{\n    struct pair it;\n\n    return copy_from_guest(&it, arg, 1) ? -EFAULT : it.first;\n}\n',
  ];
  for (const handler of handlers) {
    const { xen, guest } = await loadC(t, 'x.c', head + pair + handler);
    const shown = await traced(xen, { verbosity: 1 });
    guest.view.setUint32(0, 7, true);
    guest.view.setBigUint64(8, 99n, true);
    t.equal(hypercall(xen, guest, NUMBER, [guest.base]), 7);
    t.match(shown(), /arg += \{first=7, second=99\}/);
  }
});

t.test('a trace shows the fields of a struct that a patch adds', { skip }, async (t) => {
  const handler = body(
    'long do_plus(XEN_GUEST_HANDLE_PARAM(void) arg)\n{\n    struct pair it;\n\n    return copy_from_guest(&it, arg, 1) ? -EFAULT : it.first + 1;\n}',
  );
  const header = create('xen/include/public/pair.h', pair);
  const { hypervisor, guest, call } = await patched(t, number('plus', 43) + pvEntry('plus') + header + handler, {
    version: '4.14',
  });
  const shown = await traced(hypervisor, { verbosity: 1 });
  guest.view.setUint32(0, 7, true);
  guest.view.setBigUint64(8, 99n, true);
  t.equal(call(guest.base), 8);
  t.match(shown(), /plus[\s\S]*arg += \{first=7, second=99\}/);
});
