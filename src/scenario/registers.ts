import { hvmCpu } from '../xen/abi/cpu-context.ts';
import type { Domain } from '../xen/domain/domain.ts';
import { streamOfCpus } from '../xen/domain/hvm-stream.ts';
import { copyContext } from '../xen/hypercalls/domctl/hvm-registers.ts';

const general = 'rax rbx rcx rdx rsi rdi rbp rsp r8 r9 r10 r11 r12 r13 r14 r15 rip rflags';
const system = 'cr0 cr2 cr3 cr4 dr0 dr1 dr2 dr3 dr6 dr7 cs ss ds es fs gs tr';
const bases = 'fs_base gs_base shadow_gs idtr_base idtr_limit gdtr_base gdtr_limit tr_base';
/** Model-specific registers: their names have a prefix in struct hvm_hw_cpu. */
const modelSpecific = ['efer', 'lstar', 'star', 'cstar', 'syscall_mask', 'tsc_aux'];

/** The registers that a scenario can set. */
export const registerNames: readonly string[] = [...`${general} ${system} ${bases}`.split(' '), ...modelSpecific];

/** Registers by name, as a scenario has them: a number, or text such as 0xffffffff81000000. */
export type Registers = Readonly<Record<string, number | string>>;

/** A kernel in long mode: protected mode with paging, its segments flat. */
const LONG_MODE: Registers = {
  rflags: 0x202,
  cr0: 0x80050033,
  cr4: 0x6a0,
  efer: 0xd01,
  cs: 0x10,
  ss: 0x18,
  dr6: 0xffff0ff0,
  dr7: 0x400,
};
const PAGING = 0x80000000;
const PAE = 0x20;
const CODE_64 = 0xa9b;
const DATA = 0xc93;
const TASK = 0x8b;

/**
 * Sets the registers of a translated guest's virtual CPUs: first from `contexts` of a dump, then from the scenario. In both, the first
 * entry is used for virtual CPUs without one.
 */
export function setRegisters(domain: Domain, contexts: readonly Uint8Array[], registers: readonly Registers[]): void {
  if (contexts.length === 0 && registers.length === 0) return;
  const cpus = domain.vcpus.map(({ id }) => cpuRecord(contexts[id], registers[id] ?? registers[0] ?? {}));
  domain.hvmContext = streamOfCpus(cpus);
}

function cpuRecord(context: Uint8Array | undefined, registers: Registers): Uint8Array {
  const record = new Uint8Array(hvmCpu.size);
  const view = new DataView(record.buffer);
  const set = (values: Registers): void => {
    for (const [name, value] of Object.entries(values)) {
      const field = hvmCpu.field(modelSpecific.includes(name) ? `msr_${name}` : name);
      if (field.size === 8) view.setBigUint64(field.offset, BigInt.asUintN(64, BigInt(value)), true);
      else field.set(view, Number(value));
    }
  };
  if (context === undefined) set(LONG_MODE);
  else {
    copyContext(context, record);
    // A dump does not say whether this is long mode.
    const paging = (hvmCpu.field('cr0').get(view) & PAGING) !== 0 && (hvmCpu.field('cr4').get(view) & PAE) !== 0;
    if (paging) set({ efer: LONG_MODE.efer ?? 0 });
  }
  set(registers);
  for (const [name, value] of Object.entries({
    cs: CODE_64,
    ds: DATA,
    es: DATA,
    fs: DATA,
    gs: DATA,
    ss: DATA,
    tr: TASK,
  })) {
    hvmCpu.field(`${name}_arbytes`).set(view, value);
    hvmCpu.field(`${name}_limit`).set(view, 0xffffffff);
  }
  return record;
}
