/** Whether an address fits x86-64's 48 bits, sign-extended. */
export const isCanonical = (address: bigint): boolean => BigInt.asUintN(64, BigInt.asIntN(48, address)) === address;

/** Xen's part of a PV guest's address space. */
const XEN_VIRTUAL = { start: 0xffff_8000_0000_0000n, end: 0xffff_8800_0000_0000n } as const;

/** Whether an address is in Xen's part of a PV guest's address space. */
export const isXensAddress = (address: bigint): boolean => address >= XEN_VIRTUAL.start && address < XEN_VIRTUAL.end;
