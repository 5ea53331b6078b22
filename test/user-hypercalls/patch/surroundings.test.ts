// What a patch changes around a hypercall, so that its code works as in Xen.
import t from 'tap';
import { LoadError } from '../../../src/user-hypercalls/load-error.ts';
import { bootGuest } from '../../../src/xen/domain/guest.ts';
import { errno } from '../../../src/xen/errno.ts';
import { body, change, create, hunk, number, patched, plus, pvEntry, skip } from './fixtures.ts';

const domctlDefine = (name: string) =>
  change(
    'xen/include/public/domctl.h',
    hunk(
      ` #define XEN_DOMCTL_soft_reset 79\n+#define XEN_DOMCTL_${name} 99\n #define XEN_DOMCTL_gdbsx_guestmemio 1000\n`,
    ),
  );
const domctlCase = (lines: string) =>
  change(
    'xen/arch/x86/domctl.c',
    hunk(`         break;\n \n${lines.replace(/^/gm, '+')}\n+\n     default:\n`, 'long arch_do_domctl(', 850),
  );
const refusal = async (promise: Promise<unknown>): Promise<string> => {
  const error = await promise.catch((thrown: unknown) => thrown);
  return error instanceof LoadError ? error.message : `loaded: ${error}`;
};

t.test(
  'members added to the structs within struct domain and struct vcpu, of types of the patch',
  { skip },
  async (t) => {
    const types = create(
      'xen/include/xen/mood.h',
      '#ifndef MOOD_H\n#define MOOD_H\n#define MOODS 4\nstruct mood {\n    unsigned int seen;\n    spinlock_t lock;\n};\n#endif\n',
    );
    const members = change(
      'xen/include/asm-x86/domain.h',
      hunk(
        '     bool_t auto_unmask;\n+    struct mood mood[MOODS];\n+    int (*hook)(int a,\n+                int b);\n',
        'struct arch_domain',
      ),
      hunk('     uint32_t gdbsx_vcpu_event;\n+    unsigned long moods;\n', 'struct arch_vcpu', 500),
    );
    const handler = body(
      `long do_plus(int a)
{
    struct mood *mood = &current->domain->arch.mood[a % MOODS];

    spin_lock(&mood->lock);
    mood->seen++;
    spin_unlock(&mood->lock);
    return 100 * mood->seen + ++current->arch.moods;
}`,
    );
    const { call } = await patched(t, number('plus', 43) + pvEntry('plus') + types + members + handler, {
      version: '4.14',
    });
    t.equal(call(1), 101);
    t.equal(call(1), 202);
    t.equal(call(2), 103);
    const wrong = change('xen/include/xen/sched.h', hunk('     int x;\n+    struct nowhere plain;\n', 'struct domain'));
    const text =
      number('plus', 43) +
      pvEntry('plus') +
      wrong +
      body('long do_plus(int a)\n{\n    return current->domain->plain.x;\n}');
    t.match(await refusal(patched(t, text, { version: '4.14' })), /0\.patch:21: Fauxen's Xen has no 'struct nowhere'/);
  },
);

t.test("another C file's macros, types and declarations are not those of the handler's file", { skip }, async (t) => {
  const compat = change(
    'xen/common/compat/kernel.c',
    hunk(
      ' #include <compat/version.h>\n \n+#define plus_info compat_plus_info\n+extern struct plus_info nothing;\n \n',
    ),
  );
  const header = change(
    'xen/include/public/version.h',
    hunk(' #define XENVER_build_id 10\n+struct plus_info { int add; };\n \n'),
  );
  const handler = body(
    'long do_plus(int a)\n{\n    struct plus_info info = { .add = a + 1 };\n\n    return info.add;\n}',
  );
  const { call } = await patched(t, compat + number('plus', 43) + pvEntry('plus') + header + handler, {
    version: '4.14',
  });
  t.equal(call(5), 6);
});

t.test("a function for 32-bit guests that only Xen's own build can compile is left out", { skip }, async (t) => {
  const both = change(
    'xen/arch/x86/pv/hypercall.c',
    hunk('     HYPERCALL(hypfs_op),\n #endif\n+    COMPAT_CALL(plus),\n     HYPERCALL(mca),\n'),
  );
  const compat = change(
    'xen/common/compat/kernel.c',
    hunk(
      ' \n+int compat_plus(COMPAT_HANDLE_PARAM(void) arg)\n+{\n+    struct compat_plus it;\n+\n+    return XLAT_plus(&it, arg);\n+}\n \n',
    ),
  );
  const { call, notes } = await patched(t, number('plus', 43) + both + plus + compat, { version: '4.14' });
  t.equal(call(5), 6);
  t.match(notes.map(([, text]) => text).join('\n'), /left out: compat_plus, .*32-bit guests get ENOSYS/);
});

t.test(
  'a command of dm_op: its struct comes from the first buffer and goes back if the case says so',
  { skip },
  async (t) => {
    const header = change(
      'xen/include/public/hvm/dm_op.h',
      hunk(
        ' #define XEN_DMOP_nr_vcpus 20\n+#define XEN_DMOP_age 60\n+struct xen_dm_op_age { uint32_t add; uint32_t sum; };\n \n',
      ),
      hunk(
        '         xen_dm_op_nr_vcpus_t nr_vcpus;\n+        struct xen_dm_op_age age;\n     } u;\n',
        'struct xen_dm_op {',
        400,
      ),
    );
    const added = (more: string) =>
      change(
        'xen/arch/x86/hvm/dm.c',
        hunk(
          `         break;\n     }\n \n+    case XEN_DMOP_age:\n+    {\n+        struct xen_dm_op_age *data = &op.u.age;\n+\n+        data->sum = d->domain_id + data->add;\n${more}+        break;\n+    }\n+\n     default:\n`,
          'int dm_op(const struct dmop_args *op_args)',
          600,
        ),
      );
    const ask = async (more: string) => {
      const { hypervisor, guest, callNumber } = await patched(t, header + added(more));
      bootGuest(hypervisor, { id: 4, type: 'hvm', pages: 64, vcpus: 1 });
      guest.view.setBigUint64(0, BigInt(guest.base + 64), true);
      guest.view.setUint32(8, 16, true);
      guest.view.setUint32(64, 60, true);
      guest.view.setUint32(72, 5, true);
      return {
        result: callNumber(41, 4, 1, guest.base),
        sum: guest.view.getUint32(76, true),
        own: callNumber(41, 0, 1, guest.base),
        none: callNumber(41, 77, 1, guest.base),
      };
    };
    t.same(await ask('+        const_op = false;\n'), { result: 0, sum: 9, own: -errno.EPERM, none: -errno.ESRCH });
    t.same(await ask(''), { result: 0, sum: 0, own: -errno.EPERM, none: -errno.ESRCH }, 'const_op is true');
  },
);

t.test('removing a name leaves its number free', { skip }, async (t) => {
  const renamed = change(
    'xen/include/public/xen.h',
    hunk('-#define __HYPERVISOR_xc_reserved_op       39\n+#define __HYPERVISOR_plus                 39\n'),
  );
  const entry = change(
    'xen/arch/x86/pv/hypercall.c',
    hunk('     HYPERCALL(sysctl),\n+    HYPERCALL(plus),\n     HYPERCALL(domctl),\n'),
  );
  const served = await patched(t, renamed + entry + plus, { version: '4.11' }, 39);
  t.equal(served.call(5), 6);
  t.notMatch(served.notes.map(([, text]) => text).join('\n'), /xc_reserved_op is/);

  const header = change(
    'xen/include/public/platform.h',
    hunk(
      '-#define XENPF_settime             17\n+#define XENPF_settime32           17\n+#define XENPF_settime_mine        90\n',
    ),
  );
  const cases = change(
    'xen/arch/x86/platform_hypercall.c',
    hunk(
      '     switch ( op->cmd )\n     {\n-    case XENPF_settime:\n+    case XENPF_settime32:\n         do_settime(op->u.settime.secs);\n         break;\n \n+    case XENPF_settime_mine:\n+        ret = 12;\n+        break;\n+\n     case XENPF_add_memtype:\n',
      'ret_t do_platform_op(XEN_GUEST_HANDLE_PARAM(xen_platform_op_t) u_xenpf_op)',
    ),
  );
  const { guest, callNumber } = await patched(t, header + cases, { version: '4.5' });
  guest.view.setUint32(4, 0x03000001, true);
  guest.view.setUint32(0, 90, true);
  t.equal(callNumber(7, guest.base), 12);
});

t.test("the release's own members of a union are known, although the patch does not show them", { skip }, async (t) => {
  const text =
    domctlDefine('width') +
    domctlCase('    case XEN_DOMCTL_width:\n        ret = domctl->u.address_size.size + 1;\n        break;');
  const { guest, callNumber, hypervisor } = await patched(t, text, { version: '4.14' });
  guest.view.setUint32(0, 99, true);
  guest.view.setUint32(4, hypervisor.abi.domctlVersion, true);
  guest.view.setUint32(16, 36, true);
  t.equal(callNumber(36, guest.base), 37);
  const member = domctlCase('    case XEN_DOMCTL_width:\n        ret = domctl->u.there_is_none.size;\n        break;');
  t.match(
    await refusal(patched(t, domctlDefine('width') + member)),
    /no member named 'there_is_none' in 'union xen_domctl::\(unnamed\)'/,
  );
});

t.test('code under a configuration option that the patch adds is compiled', { skip }, async (t) => {
  const option = (more: string) =>
    change('xen/common/Kconfig', hunk(` endmenu\n \n+config PLUS\n+\tbool "Addition"\n${more} \n config KEXEC\n`));
  const handler = body(
    '#ifdef CONFIG_PLUS\n#define PLUS_ONE 1\n#endif\nlong do_plus(int a)\n{\n    return IS_ENABLED(CONFIG_PLUS) ? a + PLUS_ONE : -ENODEV;\n}',
  );
  const on = await patched(t, option('+\tdefault y\n') + number('plus', 43) + pvEntry('plus') + handler, {
    version: '4.14',
  });
  t.equal(on.call(5), 6);
  t.notMatch(on.notes.map(([, text]) => text).join('\n'), /CONFIG_PLUS/);
  const off = await patched(t, option('') + number('plus', 43) + pvEntry('plus') + handler, { version: '4.14' });
  t.equal(off.call(5), 6);
  t.match(
    off.notes.map(([, text]) => text).join('\n'),
    /0\.patch:7: CONFIG_PLUS is on here; a build of Xen leaves it off/,
  );
});

t.test(
  'labels of a switch within a command are no commands; a patch of what the release has adds nothing',
  { skip },
  async (t) => {
    const inner = change(
      'xen/common/memory.c',
      hunk(
        '         switch ( xatp.space )\n         {\n         case XENMAPSPACE_shared_info:\n             break;\n+        case XENMAPSPACE_plus:\n+            break;\n         case XENMAPSPACE_gmfn:\n',
        'long do_memory_op(unsigned long cmd, XEN_GUEST_HANDLE_PARAM(void) arg)',
      ),
    );
    const space = change('xen/include/public/memory.h', hunk('+#define XENMAPSPACE_plus 2\n'));
    t.match(
      await refusal(patched(t, inner + space)),
      /0\.patch:9: the patch adds no hypercall and no command: case XENMAPSPACE_plus is in do_memory_op/,
    );
    const known = change(
      'xen/common/kernel.c',
      hunk(
        '         break;\n \n+    case XENVER_commandline:\n+        return 0;\n+\n     default:\n',
        'DO(xen_version)(int cmd, XEN_GUEST_HANDLE_PARAM(void) arg)',
      ),
    );
    t.match(await refusal(patched(t, known)), /adds nothing to Xen 4\.17, which has XENVER_commandline already/);
    const helper = body('static void do_something(int a)\n{\n}');
    t.match(await refusal(patched(t, helper)), /1: the patch adds no hypercall/, 'a static function is a helper');
  },
);

t.test('a shutdown code that a handler sets is the domain’s', { skip }, async (t) => {
  const handler = body('long do_plus(int a)\n{\n    current->domain->shutdown_code = a;\n    return 0;\n}');
  const { call, hypervisor } = await patched(t, number('plus', 43) + pvEntry('plus') + handler, { version: '4.14' });
  t.equal(call(3), 0);
  t.equal(hypervisor.domains.get(0)?.shutdownCode, 3);
});

t.test('a hunk that begins within the arguments of a call is inside the function', { skip }, async (t) => {
  const header = change(
    'xen/include/public/version.h',
    hunk(' #define XENVER_build_id 10\n+#define XENVER_lucky 90\n'),
  );
  const within = change(
    'xen/common/kernel.c',
    hunk(
      '             guest_handle_cast(arg, xen_build_id_t));\n         break;\n \n+    case XENVER_lucky:\n+        return 7;\n+\n     default:\n',
      'DO(xen_version)(int cmd, XEN_GUEST_HANDLE_PARAM(void) arg)',
    ),
  );
  t.equal((await patched(t, header + within)).callNumber(17, 90), 7);
});

t.test(
  'an entry of Xen’s own that only gets a comma, and a command of a hypercall that the release lacks',
  { skip },
  async (t) => {
    const entries = change(
      'xen/arch/x86/hvm/hvm.c',
      hunk(
        '     HYPERCALL(event_channel_op),\n-    HYPERCALL(hvm_op)\n+    HYPERCALL(hvm_op),\n+    HYPERCALL(plus)\n };\n',
      ),
    );
    const quad = change(
      'xen/arch/x86/x86_64/entry.S',
      hunk(
        '         .quad do_domctl\n         .quad do_kexec_op\n+        .quad do_plus\n         .rept __HYPERVISOR_arch_0-((.-hypercall_table)/8)\n',
        'ENTRY(hypercall_table)',
      ),
    );
    const { call, names } = await patched(t, number('plus', 38) + quad + entries + plus, { version: '3.2' }, 38);
    t.equal(call(5), 6);
    t.same(names(), ['plus 38']);
    const dm = change(
      'xen/arch/x86/hvm/dm.c',
      hunk('     {\n+    case XEN_DMOP_age:\n+        rc = 1;\n+        break;\n     default:\n', 'static int dm_op('),
    );
    const header = change('xen/include/public/hvm/dm_op.h', hunk('+#define XEN_DMOP_age 60\n'));
    t.match(
      await refusal(patched(t, header + dm, { version: '4.8' })),
      /0\.patch:\d+: Xen 4\.8 has no dm_op, .*another release/,
    );
  },
);
