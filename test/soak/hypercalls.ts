import { spawnSync } from 'node:child_process';
import { existsSync, renameSync, writeFileSync } from 'node:fs';

/** The user hypercalls of the soak: `turn` copies both ways, `say` prints, the others are faults. */
export function writeHypercalls(file: string, version: number): void {
  const fifo = `${file}.fifo`;
  if (!existsSync(fifo)) spawnSync('mkfifo', [fifo]);
  const text = `import { openSync } from 'node:fs';
import { defineHypercall, pointer, string, u32 } from 'fauxen';

export default [
  defineHypercall({
    name: 'turn',
    number: 60,
    args: { from: pointer('char *'), length: u32, to: pointer('char *') },
    handler({ from, length, to }, xen) {
      xen.copyToGuest(to, xen.copyFromGuest(from, length).reverse());
      return length;
    },
  }),
  defineHypercall({
    name: 'say',
    number: 61,
    args: { text: string({ limit: 64 }) },
    handler({ text }, xen) {
      xen.printk(\`soak \${text} of version ${version}\`);
      return 0;
    },
  }),
  defineHypercall({ name: 'fail', number: 101, handler() { throw new Error('as asked'); } }),
  defineHypercall({ name: 'spin', number: 102, handler() { for (;;); } }),
  defineHypercall({ name: 'leave', number: 103, handler() { process.exit(3); } }),
  defineHypercall({ name: 'block', number: 104, handler() { return openSync('${fifo}', 'r'); } }),
  defineHypercall({ name: 'litter', number: 105, handler() {
    setTimeout(() => { throw new Error('late'); }, 0);
    void Promise.reject(new Error('left behind'));
    for (;;);
  } }),
];
`;
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

/** Highest number that each client's lines reach without a gap, by the client's id. */
export function saidBy(serial: string): Map<number, number> {
  const numbers = new Map<number, Set<number>>();
  for (const [, id, number] of serial.matchAll(/soak (\d+) (\d+) of version \d+$/gm)) {
    const set = numbers.get(Number(id)) ?? new Set();
    numbers.set(Number(id), set.add(Number(number)));
  }
  return new Map([...numbers].map(([id, set]) => [id, unbroken(set)]));
}

function unbroken(numbers: Set<number>): number {
  let last = 0;
  while (numbers.has(last + 1)) last += 1;
  return last;
}
