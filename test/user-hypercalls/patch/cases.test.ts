import t from 'tap';
import { errno } from '../../../src/xen/errno.ts';
import { traced } from '../../trace/traced.ts';
import { body, change, create, hunk, patched, skip } from './fixtures.ts';

const lucky = change(
  'xen/include/public/version.h',
  hunk(' #define XENVER_build_id 10\n \n+#define XENVER_lucky 90\n+\n #endif /* __XEN_PUBLIC_VERSION_H__ */\n'),
);
const versionCase = (lines: string) =>
  change(
    'xen/common/kernel.c',
    hunk(
      `     case XENVER_version:\n         return (xen_major_version() << 16) | xen_minor_version();\n \n${lines.replace(/^/gm, '+')}\n+\n     case XENVER_extraversion:\n     {\n`,
      'DO(xen_version)(int cmd, XEN_GUEST_HANDLE_PARAM(void) arg)',
      460,
    ),
  );

t.test('a patch adds a command to xen_version; all others stay Xen’s', { skip }, async (t) => {
  const { callNumber } = await patched(t, lucky + versionCase('    case XENVER_lucky:\n        return 7;'));
  t.equal(callNumber(17, 90), 7);
  t.equal(callNumber(17, 0), 0x40011);
  t.equal(callNumber(17, 91), -errno.ENOSYS);
});

t.test('a command’s argument is copied, its errors arrive, and explain names its place', { skip }, async (t) => {
  const { callNumber, guest } = await patched(
    t,
    lucky +
      versionCase(`    case XENVER_lucky:
    {
        uint32_t n;

        if ( copy_from_guest(&n, guest_handle_cast(arg, uint32_t), 1) )
            return -EFAULT;
        if ( n == 13 )
            return -EINVAL;
        n *= 2;
        return copy_to_guest(guest_handle_cast(arg, uint32_t), &n, 1) ? -EFAULT : 0;
    }`),
  );
  guest.view.setUint32(0, 21, true);
  t.equal(callNumber(17, 90, guest.base), 0);
  t.equal(guest.view.getUint32(0, true), 42);
  guest.view.setUint32(0, 13, true);
  t.equal(callNumber(17, 90, guest.base), -errno.EINVAL);
  t.equal(callNumber(17, 90, 0), -errno.EFAULT);
});

t.test('a hunk that git shifted by one brace is understood', { skip }, async (t) => {
  const shifted = change(
    'xen/common/kernel.c',
    hunk(
      '     {\n         foo(arg);\n         return 0;\n+    }\n+\n+    case XENVER_lucky:\n+    {\n+        return 7;\n     }\n \n     case XENVER_capabilities:\n',
      'DO(xen_version)(int cmd, XEN_GUEST_HANDLE_PARAM(void) arg)',
      480,
    ),
  );
  t.equal((await patched(t, lucky + shifted)).callNumber(17, 90), 7);
});

const domctlHeader = change(
  'xen/include/public/domctl.h',
  hunk(
    ' DEFINE_XEN_GUEST_HANDLE(xen_domctl_vnuma_t);\n \n+struct xen_domctl_age {\n+    uint32_t add;\n+    uint32_t sum;\n+};\n+typedef struct xen_domctl_age xen_domctl_age_t;\n+\n struct xen_domctl {\n',
    '',
    1100,
  ),
  hunk(
    ' #define XEN_DOMCTL_get_paging_mempool_size       85\n+#define XEN_DOMCTL_age                           99\n #define XEN_DOMCTL_gdbsx_guestmemio            1000\n',
    'struct xen_domctl {',
    1200,
  ),
  hunk(
    '         struct xen_domctl_vnuma             vnuma;\n+        struct xen_domctl_age               age;\n         uint8_t                             pad[128];\n     } u;\n',
    'struct xen_domctl {',
    1300,
  ),
);
const domctlCase = change(
  'xen/common/domctl.c',
  hunk(
    '         ret = arch_get_paging_mempool_size(d, &op->u.paging_mempool.size);\n         break;\n \n+    case XEN_DOMCTL_age:\n+        if ( !op->u.age.add )\n+        {\n+            ret = -EINVAL;\n+            goto domctl_out_unlock_domonly;\n+        }\n+        op->u.age.sum = d->domain_id + op->u.age.add;\n+        copyback = true;\n+        break;\n+\n     default:\n         ret = arch_do_domctl(op, d, u_domctl);\n',
    'long do_domctl(XEN_GUEST_HANDLE_PARAM(xen_domctl_t) u_domctl)',
    850,
  ),
);

t.test('a trace shows the fields of a case’s argument', { skip }, async (t) => {
  const version = change(
    'xen/include/public/version.h',
    hunk(
      ' #define XENVER_build_id 10\n \n+#define XENVER_pair 90\n+struct xen_pair {\n+    uint16_t first;\n+    uint8_t name[6];\n+    struct { uint64_t low; } part;\n+};\n+typedef struct xen_pair xen_pair_t;\n+\n #endif /* __XEN_PUBLIC_VERSION_H__ */\n',
    ),
  );
  const pair = versionCase(`    case XENVER_pair:
    {
        xen_pair_t pair;

        if ( copy_from_guest(&pair, arg, 1) )
            return -EFAULT;
        return pair.part.low;
    }
`);
  const { hypervisor, callNumber, guest } = await patched(t, domctlHeader + domctlCase + version + pair);
  const shown = await traced(hypervisor, { verbosity: 1 });
  guest.view.setUint32(0, 99, true);
  guest.view.setUint32(4, 0x15, true);
  guest.view.setUint32(16, 5, true);
  t.equal(callNumber(36, guest.base), 0);
  t.match(
    shown(),
    /\{age\}\)[\s\S]*op {3}= \{cmd=99, interface_version=21, domain=0, add=5, sum=0\}\n +op -> \{sum=5\}/,
  );
  guest.view.setUint16(0, 7, true);
  guest.bytes.set([97, 98, 0, 0, 0, 0], 2);
  guest.view.setBigUint64(8, 9n, true);
  t.equal(callNumber(17, 90, guest.base), 9);
  t.match(shown(), /arg {3}= \{first=7, name="ab", part\.low=9\}/);
});

t.test('a domctl: Xen’s checks come first, and the struct is copied back', { skip }, async (t) => {
  const { callNumber, guest } = await patched(t, domctlHeader + domctlCase);
  const ask = (version: number, domid: number, add: number) => {
    guest.view.setUint32(0, 99, true);
    guest.view.setUint32(4, version, true);
    guest.view.setUint16(8, domid, true);
    guest.view.setUint32(16, add, true);
    guest.view.setUint32(20, 0, true);
    return callNumber(36, guest.base);
  };
  t.equal(ask(0x15, 0, 5), 0);
  t.equal(guest.view.getUint32(20, true), 5);
  t.equal(ask(0x15, 0, 0), -errno.EINVAL);
  t.equal(ask(0x14, 0, 5), -errno.EACCES);
  t.equal(ask(0x15, 77, 5), -errno.ESRCH);
  t.equal(callNumber(36, 0), -errno.EFAULT);
});

t.test('commands of memory_op, event_channel_op, sysctl, hvm_op, sched_op and vcpu_op', { skip }, async (t) => {
  const cases: [string, string, string, number, number[]][] = [
    [
      'xen/common/memory.c',
      'long do_memory_op(unsigned long cmd, XEN_GUEST_HANDLE_PARAM(void) arg)',
      'XENMEM_mine',
      12,
      [60],
    ],
    [
      'xen/common/event_channel.c',
      'long do_event_channel_op(int cmd, XEN_GUEST_HANDLE_PARAM(void) arg)',
      'EVTCHNOP_mine',
      32,
      [60],
    ],
    [
      'xen/arch/x86/hvm/hvm.c',
      'long do_hvm_op(unsigned long op, XEN_GUEST_HANDLE_PARAM(void) arg)',
      'HVMOP_mine',
      34,
      [60],
    ],
    [
      'xen/common/sched/core.c',
      'ret_t do_sched_op(int cmd, XEN_GUEST_HANDLE_PARAM(void) arg)',
      'SCHEDOP_mine',
      29,
      [60],
    ],
    [
      'xen/common/domain.c',
      'long common_vcpu_op(int cmd, struct vcpu *v, XEN_GUEST_HANDLE_PARAM(void) arg)',
      'VCPUOP_mine',
      24,
      [60, 0],
    ],
    [
      'xen/arch/x86/physdev.c',
      'ret_t do_physdev_op(int cmd, XEN_GUEST_HANDLE_PARAM(void) arg)',
      'PHYSDEVOP_mine',
      33,
      [60],
    ],
    [
      'xen/common/grant_table.c',
      'long do_grant_table_op(unsigned int cmd, XEN_GUEST_HANDLE_PARAM(void) uop, unsigned int count)',
      'GNTTABOP_mine',
      20,
      [60, 0, 1],
    ],
  ];
  for (const [path, heading, label, number, args] of cases) {
    const header = change('xen/include/public/mine.h', hunk(` \n+#define ${label} 60\n \n`));
    const used = /hvm|event|memory|vcpu|grant/.test(heading) ? 'rc' : 'ret';
    const text = change(
      path,
      hunk(
        `         break;\n \n+    case ${label}:\n+        ${used} = 11;\n+        break;\n+\n     default:\n`,
        heading,
      ),
    );
    const { callNumber, names } = await patched(t, header + text);
    t.equal(callNumber(number, ...args), 11, label);
    t.same(names(), [], 'no hypercall of its own');
  }
});

t.test('a case may use the patch’s helpers, headers and fields of struct domain', { skip }, async (t) => {
  const sched = change(
    'xen/include/xen/sched.h',
    hunk('     struct list_head     cpupool_list;\n+    unsigned int         asked;\n \n', 'struct domain', 500),
  );
  const helper = body('static unsigned int count(struct domain *d)\n{\n    return ++d->asked;\n}\n');
  const { callNumber } = await patched(
    t,
    lucky + sched + helper + versionCase('    case XENVER_lucky:\n        return count(current->domain);'),
  );
  t.equal(callNumber(17, 90), 1);
  t.equal(callNumber(17, 90), 2);
});

t.test(
  'a case that Xen would not build, or that cannot stand alone, is refused; lines left out are reported',
  { skip },
  async (t) => {
    const rejected: [string, RegExp][] = [
      [versionCase('    case XENVER_lucky:\n        return 7;'), /0\.patch:8: XENVER_lucky has no number/],
      [
        change('xen/include/public/version.h', hunk(' \n+#define XENVER_lucky 3\n \n')) +
          versionCase('    case XENVER_lucky:\n        return 7;'),
        /0\.patch:15: XENVER_lucky is 3, as XENVER_capabilities is: Xen's build stops at the duplicate case/,
      ],
      [
        change(
          'xen/arch/x86/mm.c',
          hunk('         break;\n+    case MMUEXT_MINE:\n+        break;\n     default:\n', 'long do_mmuext_op('),
        ) + create('xen/include/public/m.h', '#define MMUEXT_MINE 90\n'),
        /0\.patch:6: a case of do_mmuext_op/,
      ],
      [lucky + versionCase('    case XENVER_lucky:\n        return 7 +;'), /0\.patch:18: expected expression/],
    ];
    for (const [text, message] of rejected) await t.rejects(patched(t, text), { message }, text);
    const line = change(
      'xen/common/domain.c',
      hunk(
        '     if ( d == NULL )\n         return;\n+    printk("gone");\n+    d = NULL;\n     spin_lock(&x);\n',
        'void domain_kill(struct domain *d)',
      ),
    );
    const { notes } = await patched(t, line + lucky + versionCase('    case XENVER_lucky:\n        return 7;'));
    t.match(notes, [
      ['info', /0\.patch:7: left out: 2 lines \(to line 8\) added to domain_kill in xen\/common\/domain\.c/],
    ]);
  },
);

t.test('labels that are not commands, and a field that the model has too', { skip }, async (t) => {
  const field = change(
    'xen/include/xen/sched.h',
    hunk('     unsigned int nr_pirqs;\n+    unsigned int max_evtchn_port;\n \n', 'struct domain'),
  );
  const counted = versionCase(`    case XENVER_lucky:
    {
        switch ( current->domain->max_evtchn_port )
        {
        case XENVER_version:
            current->domain->max_evtchn_port = 70;
            return virq_is_global(VIRQ_DOM_EXC);
        default:
            break;
        }
        return current->domain->max_evtchn_port + sizeof(saved_cmdline);
    }
`);
  const elsewhere = change(
    'xen/arch/x86/monitor.c',
    hunk(
      '     {\n+    case XEN_DOMCTL_MONITOR_EVENT_NEW:\n+        break;\n \n',
      'int monitor_domctl(struct domain *d, struct xen_domctl_monitor_op *mop)',
    ),
  );
  const { callNumber } = await patched(t, lucky + field + counted + elsewhere);
  t.equal(callNumber(17, 90), 1, "the patch's field starts as 0, and can be written");
  t.equal(callNumber(17, 90), 70 + 1024);
});

t.test('a patch may use types of public headers', { skip }, async (t) => {
  const taken = versionCase(`    case XENVER_lucky:
    {
        struct xenctl_bitmap map;
        physdev_pci_device_t device = { .seg = 1 };

        if ( copy_from_guest(&map, arg, 1) )
            return -EFAULT;
        return map.nr_bits + device.seg;
    }
`);
  const { callNumber, guest } = await patched(t, lucky + taken);
  guest.view.setUint32(8, 41, true);
  t.equal(callNumber(17, 90, guest.base), 42);
});

t.test('an #if around a case decides whether Xen has the command', { skip }, async (t) => {
  const around = (condition: string) =>
    versionCase(`#ifdef ${condition}\n    case XENVER_lucky:\n        return 7;\n#endif`);
  t.equal((await patched(t, lucky + around('CONFIG_X86'))).callNumber(17, 90), 7);
  t.equal((await patched(t, lucky + around('CONFIG_NOWHERE'))).callNumber(17, 90), -errno.ENOSYS);
  const ends = change(
    'xen/common/kernel.c',
    hunk(
      '     case XENVER_extraversion:\n         return 0;\n+\n+    case XENVER_lucky:\n+        return 7;\n #endif\n \n     default:\n',
      'DO(xen_version)(int cmd, XEN_GUEST_HANDLE_PARAM(void) arg)',
    ),
  );
  t.equal((await patched(t, lucky + ends)).callNumber(17, 90), 7, 'the #if is not in the patch');
});

t.test('a label that joins a check of all commands is not the command', { skip }, async (t) => {
  const check = change(
    'xen/common/domctl.c',
    hunk(
      '     case XEN_DOMCTL_test_assign_device:\n     case XEN_DOMCTL_vm_event_op:\n+    case XEN_DOMCTL_age:\n         if ( op->domain == DOMID_INVALID )\n         {\n             d = NULL;\n',
      'long do_domctl(XEN_GUEST_HANDLE_PARAM(xen_domctl_t) u_domctl)',
      300,
    ),
  );
  const { callNumber, guest } = await patched(t, domctlHeader + check + domctlCase);
  guest.view.setUint32(0, 99, true);
  guest.view.setUint32(4, 0x15, true);
  guest.view.setUint32(16, 5, true);
  t.equal(callNumber(36, guest.base), 0);
  t.equal(guest.view.getUint32(20, true), 5);
});
