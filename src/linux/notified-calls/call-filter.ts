// A seccomp filter that notifies a listener of the system calls that name files, and of some ioctls (linux/seccomp.h, linux/filter.h).

import { IOCTL, PATH_CALLS } from '../arch/x86-64/path-calls.ts';
import { AUDIT_ARCH, AUDIT_ARCH_COMPAT } from '../arch/x86-64/system-calls.ts';

const RET_ALLOW = 0x7fff0000;
const RET_USER_NOTIF = 0x7fc00000;
/** Offsets in struct seccomp_data. */
const DATA = { nr: 0, arch: 4, secondArgument: 24 } as const;
/** Classic BPF instructions: load a word, jump if equal, mask the accumulator, return. */
const BPF = { load: 0x20, jumpIfEqual: 0x15, and: 0x54, answer: 0x06 } as const;

/** An instruction. A jump names the label of its target. */
interface Instruction {
  readonly label?: string;
  readonly code: number;
  readonly operand: number;
  readonly ifTrue?: string;
  readonly ifFalse?: string;
}

/**
 * The filter program. It notifies the listener of PATH_CALLS, of 64-bit and 32-bit programs, and of ioctls whose type (the second byte of
 * the command) is one of `types`. It allows everything else.
 */
export function pathCallFilter(types: readonly number[]): Uint8Array {
  const section = (name: 'wide' | 'compat'): Instruction[] => [
    { label: name, code: BPF.load, operand: DATA.nr },
    ...[...PATH_CALLS[name].keys()].map((number) => ({ code: BPF.jumpIfEqual, operand: number, ifTrue: 'notify' })),
    { code: BPF.jumpIfEqual, operand: IOCTL[name], ifTrue: 'ioctl', ifFalse: 'allow' },
  ];
  return assemble([
    { code: BPF.load, operand: DATA.arch },
    { code: BPF.jumpIfEqual, operand: AUDIT_ARCH, ifTrue: 'wide' },
    { code: BPF.jumpIfEqual, operand: AUDIT_ARCH_COMPAT, ifTrue: 'compat', ifFalse: 'allow' },
    ...section('wide'),
    ...section('compat'),
    { label: 'ioctl', code: BPF.load, operand: DATA.secondArgument }, // its lower half, which is all that the kernel looks at
    { code: BPF.and, operand: 0xff00 },
    ...types.map((type) => ({ code: BPF.jumpIfEqual, operand: type << 8, ifTrue: 'notify' })),
    { label: 'allow', code: BPF.answer, operand: RET_ALLOW },
    { label: 'notify', code: BPF.answer, operand: RET_USER_NOTIF },
  ]);
}

function assemble(instructions: readonly Instruction[]): Uint8Array {
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
