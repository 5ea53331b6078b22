import t from 'tap';
import { errno } from '../../../src/xen/errno.ts';
import { change, hunk, number, patched, plus, pvEntry, skip } from './fixtures.ts';

const entryS = (path: string, line: string, before = '         .quad do_tmem_op\n') =>
  change(path, hunk(`         .quad do_kexec_op\n${before}+        ${line}\n`));

t.test(
  'an entry in the table of other guests leaves dom0 with ENOSYS, and says which file to edit',
  { skip },
  async (t) => {
    const cases: [string, RegExp, RegExp][] = [
      [
        change(
          'xen/arch/x86/hvm/hypercall.c',
          hunk('     HYPERCALL(hypfs_op),\n #endif\n+    HYPERCALL(plus),\n     HYPERCALL(arch_1)\n'),
        ),
        /xen\/arch\/x86\/hvm\/hypercall\.c \(for 64-bit HVM guests, 32-bit HVM guests\)/,
        /"HYPERCALL\(plus\)," to pv_hypercall_table in xen\/arch\/x86\/pv\/hypercall\.c/,
      ],
      [
        change('xen/arch/arm/traps.c', hunk('     HYPERCALL(dm_op, 3),\n+    HYPERCALL(plus, 1),\n')),
        /xen\/arch\/arm\/traps\.c \(for Arm\)/,
        /./,
      ],
      [
        change(
          'xen/include/hypercall-defs.c',
          hunk(
            ' hypfs_op                           do       do       do       do       do\n+plus                               -        -        do       do       -\n',
          ),
        ),
        /hypercall-defs\.c \(for 32-bit HVM guests, 64-bit HVM guests\)/,
        /"do" in column pv64 of the row plus in xen\/include\/hypercall-defs\.c/,
      ],
    ];
    for (const [table, why, change] of cases) {
      const { call, remark, notes } = await patched(t, number('plus', 43) + table + plus, {
        version: /defs/.test(table) ? '4.17' : '4.14',
      });
      t.equal(call(5), -errno.ENOSYS, table);
      t.match(remark(), { kind: 'table', text: why, change });
      t.match(notes, [['warn', why]]);
    }
  },
);

t.test('on 64-bit Xen, the tables for x86_32 and 32-bit guests do not serve a 64-bit dom0', { skip }, async (t) => {
  const compat = change(
    'xen/arch/x86/x86_64/compat/entry.S',
    hunk('         .quad compat_kexec_op\n         .quad do_tmem_op\n+        .quad do_plus\n'),
  );
  const x86_32 = change(
    'xen/arch/x86/x86_32/entry.S',
    hunk('         .long do_kexec_op\n         .long do_tmem_op\n+        .long do_plus\n'),
  );
  for (const table of [compat, x86_32]) {
    const { callNumber, remark } = await patched(t, number('plus', 39) + table + plus, { version: '4.1' });
    t.equal(callNumber(39, 5), -errno.ENOSYS, table);
    t.match(remark(), {
      kind: 'table',
      change: /"\.quad do_plus" to hypercall_table in xen\/arch\/x86\/x86_64\/entry\.S/,
    });
  }
});

t.test('before 4.8 the position in the table is the number, whatever xen.h defines', { skip }, async (t) => {
  const at39 = entryS('xen/arch/x86/x86_64/entry.S', '.quad do_plus');
  const { callNumber, remark, notes } = await patched(t, number('plus', 40) + at39 + plus, { version: '4.4' });
  t.equal(callNumber(39, 5), 6);
  t.equal(callNumber(40, 5), -errno.ENOSYS);
  t.match(remark(), { kind: 'table', text: '__HYPERVISOR_plus is 40, but the table has it in slot 39' });
  t.match(
    notes,
    [
      ['info', /args table/],
      ['warn', /0\.patch:6: __HYPERVISOR_plus is 40, but do_plus is in slot 39 .*calls by the name get ENOSYS/],
    ].reverse(),
  );
});

t.test(
  'the slots after an entry move, up to the next .rept; 38 and 39 of 4.2 are there already',
  { skip },
  async (t) => {
    const reserved = change(
      'xen/arch/x86/x86_64/entry.S',
      hunk(
        '         .quad do_sysctl             /* 35 */\n         .quad do_domctl\n         .quad do_kexec_op\n+        .quad do_plus\n         .quad do_tmem_op\n',
      ),
    );
    const { callNumber } = await patched(t, reserved + number('plus', 38) + plus, { version: '4.2' });
    t.equal(callNumber(38, 5), 6);
    const instead = change(
      'xen/arch/x86/x86_64/entry.S',
      hunk('         .quad do_domctl\n         .quad do_kexec_op\n-        .quad do_tmem_op\n+        .quad do_plus\n'),
    );
    const other = await patched(t, instead + number('plus', 38) + plus, { version: '4.2' });
    t.equal(other.callNumber(38, 5), 6);
    const beyond = change(
      'xen/arch/x86/x86_64/entry.S',
      hunk(
        '         .quad do_mca                /* 48 */\n         .quad paging_domctl_continuation\n         .rept NR_hypercalls-((.-hypercall_table)/8)\n         .quad do_ni_hypercall\n         .endr\n+        .quad do_plus\n',
      ),
    );
    const late = await patched(t, beyond + number('plus', 64) + plus, { version: '4.4' });
    t.equal(late.callNumber(64, 5), -errno.ENOSYS);
    t.match(late.notes, [['warn', /slot 64 of do_plus lies behind the table's end \(NR_hypercalls is 64\)/]]);
  },
);

t.test(
  'a patch for another layout than the release’s is read as for the nearest release with it',
  { skip },
  async (t) => {
    const { callNumber } = await patched(
      t,
      entryS('xen/arch/x86/x86_64/entry.S', '.quad do_plus') + number('plus', 39) + plus,
    );
    t.equal(callNumber(39, 5), 6);
  },
);

t.test('32-bit PV guests get the compat function', { skip }, async (t) => {
  const table = change(
    'xen/arch/x86/pv/hypercall.c',
    hunk('     HYPERCALL(hypfs_op),\n+    COMPAT_CALL(plus),\n     HYPERCALL(mca),\n'),
  );
  const compat = change(
    'xen/common/compat/kernel.c',
    hunk(' #endif\n+int compat_plus(int a);\n+int compat_plus(int a)\n+{\n+    return a + 2;\n+}\n'),
  );
  const { call } = await patched(t, number('plus', 43) + table + plus + compat);
  t.equal(call(5), 6);
});

t.test('if Xen uses the number, only guests of the changed table get the new function', { skip }, async (t) => {
  const { call } = await patched(t, number('plus', 43) + pvEntry('plus') + plus);
  t.equal(call(5), 6);
});

t.test(
  'hypercall-defs.c: a row with other columns is refused, one without a prototype reported',
  { skip },
  async (t) => {
    const row = (text: string) =>
      change(
        'xen/include/hypercall-defs.c',
        hunk(` hypfs_op                           do       do       do       do       do\n+${text}\n`),
      );
    await t.rejects(patched(t, number('plus', 43) + row('plus   do do do') + plus), {
      message: /0\.patch:13: the row plus has 3 columns, the table 5/,
    });
    const { call, notes } = await patched(t, number('plus', 43) + row('plus   -  do:1  -  -  -') + plus);
    t.equal(call(5), 6);
    t.match(notes, [['info', /gets no prototype "plus\(…\)"/]]);
  },
);

t.test('an entry in the middle of a positional table moves later entries, with a warning', { skip }, async (t) => {
  const midst = change(
    'xen/arch/x86/x86_64/entry.S',
    hunk(
      '         .quad do_sysctl             /* 35 */\n         .quad do_domctl\n+        .quad do_plus\n         .quad do_kexec_op\n',
    ),
  );
  const { callNumber, notes } = await patched(t, midst + number('plus', 37) + plus, { version: '4.4' });
  t.equal(callNumber(37, 5), 6);
  t.match(
    notes.find(([, text]) => /moves/.test(text)),
    ['warn', /0\.patch:7: this entry moves do_kexec_op from 37 to 38 and 1 more in xen\/arch\/x86\/x86_64\/entry\.S/],
  );
});
