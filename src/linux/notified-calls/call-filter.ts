// A seccomp filter that notifies a listener of the system calls that name files, and of some ioctls.

import { IOCTL, PATH_CALLS } from '../arch/x86-64/path-calls.ts';
import { AUDIT_ARCH, AUDIT_ARCH_COMPAT } from '../arch/x86-64/system-calls.ts';
import { assemble, BPF, DATA, ENDS, type Instruction } from './filter-program.ts';

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
    { label: 'ioctl', code: BPF.load, operand: DATA.secondArgument },
    { code: BPF.and, operand: 0xff00 },
    ...types.map((type) => ({ code: BPF.jumpIfEqual, operand: type << 8, ifTrue: 'notify' })),
    ...ENDS,
  ]);
}
