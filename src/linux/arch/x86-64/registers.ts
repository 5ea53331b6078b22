/** Where struct user_regs_struct keeps a register, in words of eight bytes (sys/user.h). */
export const REG = {
  R10: 7,
  R9: 8,
  R8: 9,
  RAX: 10,
  RBX: 5,
  RBP: 4,
  RCX: 11,
  RDX: 12,
  RSI: 13,
  RDI: 14,
  ORIG_RAX: 15,
  RIP: 16,
  CS: 17,
  RSP: 19,
} as const;

/** A buffer for all registers, also of a 32-bit program. Signed, as results are. */
export function registerFile(): BigInt64Array {
  return new BigInt64Array(27);
}
