import t from 'tap';
import { entryOf, tableOf } from '../../src/trace/call-path.ts';

t.test('the entry point and table of a hypercall depend on release, kind of guest and word size', async (t) => {
  const cases: [string, 'pv' | 'hvm', 32 | 64, RegExp, string][] = [
    ['3.2', 'pv', 64, /-> syscall_enter$/, 'hypercall_table, xen/arch/x86/x86_64/entry.S'],
    ['4.4', 'pv', 32, /-> compat_hypercall$/, 'compat_hypercall_table, xen/arch/x86/x86_64/compat/entry.S'],
    ['4.4', 'hvm', 64, /-> hvm_do_hypercall\(\)$/, 'hvm_hypercall64_table, xen/arch/x86/hvm/hvm.c'],
    ['4.7', 'pv', 64, /-> lstar_enter \(syscall_enter up to 4\.5\)$/, 'hypercall_table, xen/arch/x86/x86_64/entry.S'],
    ['4.8', 'pv', 64, /-> lstar_enter -> pv_hypercall\(\)$/, 'pv_hypercall_table, xen/arch/x86/hypercall.c'],
    ['4.8', 'hvm', 64, /-> hvm_do_hypercall\(\)$/, 'hvm_hypercall_table, xen/arch/x86/hvm/hvm.c'],
    ['4.14', 'pv', 32, /-> entry_int82 -> pv_hypercall\(\)$/, 'pv_hypercall_table, xen/arch/x86/pv/hypercall.c'],
    ['4.14', 'hvm', 32, /-> hvm_hypercall\(\)$/, 'hvm_hypercall_table, xen/arch/x86/hvm/hypercall.c'],
    ['4.17', 'pv', 64, /pv_hypercall\(\)$/, 'xen/include/hypercall-defs.c'],
  ];
  for (const [xen, guest, bits, entry, table] of cases) {
    t.match(entryOf(xen, guest, bits), entry, `${xen} ${guest} ${bits}`);
    t.equal(tableOf(xen, guest, bits), table, `${xen} ${guest} ${bits}`);
  }
});
