/** A machine's memory in which a Linux kernel's list of processes is, and page tables: 4 MiB. */
const MEMORY = 4 << 20;
export const KERNEL = 0xffffffff81000000n;
/** The kernel's page of 2 MiB. */
const PHYSICAL = 0x200000;
export const CR3 = 0x2000;
/** Offsets in struct task_struct; each has a page of its own, from the second one on. */
const [TASKS, MM, PID, NAME] = [0x7b8, 0x808, 0x8b0, 0xb60];
const PAGE = 4096;

export const processes: readonly (readonly [number, string])[] = [
  [0, 'swapper/0'],
  [1, 'systemd'],
  [2, 'kthreadd'],
  [321, 'sshd'],
  [400, 'bash'],
];
export const INIT_TASK = KERNEL + BigInt(PAGE);

export function linuxImage(): Buffer {
  const memory = Buffer.alloc(MEMORY);
  const put = (at: number, value: bigint | number) => memory.writeBigUInt64LE(BigInt(value), at);
  put(CR3 + 8 * 511, 0x3063);
  put(0x3000 + 8 * 510, 0x4063);
  put(0x4000 + 8 * 8, PHYSICAL | 0xe3);
  const task = (index: number) => PAGE * (((index + processes.length) % processes.length) + 1);
  for (const [index, [pid, name]] of processes.entries()) {
    const at = PHYSICAL + task(index);
    put(at + TASKS, KERNEL + BigInt(task(index + 1) + TASKS));
    put(at + TASKS + 8, KERNEL + BigInt(task(index - 1) + TASKS));
    put(at + MM, pid === 0 || pid === 2 ? 0 : KERNEL + 0x100000n);
    memory.writeUInt32LE(pid, at + PID);
    memory.write(name, at + NAME);
  }
  return memory;
}
