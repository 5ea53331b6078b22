// Programs that filter a process's system calls: classic BPF on struct seccomp_data (linux/seccomp.h, linux/filter.h).

const RET_ALLOW = 0x7fff0000;
const RET_USER_NOTIF = 0x7fc00000;

/** Offsets in struct seccomp_data. An argument's lower half is all that the kernel uses of a 32-bit one. */
export const DATA = { nr: 0, arch: 4, secondArgument: 24 } as const;
/** Instructions: load a word, jump if equal, mask the accumulator, return. */
export const BPF = { load: 0x20, jumpIfEqual: 0x15, and: 0x54, answer: 0x06 } as const;

/** An instruction. A jump names the label of its target; without one it goes to the next instruction. */
export interface Instruction {
  readonly label?: string;
  readonly code: number;
  readonly operand: number;
  readonly ifTrue?: string;
  readonly ifFalse?: string;
}

/** The ends of a program: the label `allow` for a call that the kernel executes, and `notify` for one that the listener gets. */
export const ENDS: readonly Instruction[] = [
  { label: 'allow', code: BPF.answer, operand: RET_ALLOW },
  { label: 'notify', code: BPF.answer, operand: RET_USER_NOTIF },
];

/** The bytes of struct sock_filter[]. */
export function assemble(instructions: readonly Instruction[]): Uint8Array {
  const places = new Map(instructions.flatMap(({ label }, index) => (label === undefined ? [] : [[label, index]])));
  const program = new DataView(new ArrayBuffer(8 * instructions.length));
  instructions.forEach(({ code, operand, ifTrue, ifFalse }, index) => {
    const distance = (label: string | undefined) => (label === undefined ? 0 : places.get(label)! - index - 1);
    program.setUint16(8 * index, code, true);
    program.setUint8(8 * index + 2, distance(ifTrue));
    program.setUint8(8 * index + 3, distance(ifFalse));
    program.setUint32(8 * index + 4, operand, true);
  });
  return new Uint8Array(program.buffer);
}
