import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const LIMIT_MS = 60_000;
const RUNS = 5;
const KERNEL = '/usr/lib/grub-xen/grub-i386-xen_pvh.bin';
const PLAIN = `name = "g"\ntype = "pvh"\nmemory = 32\nkernel = "${KERNEL}"\n`;
const NAMES = ['plain', 'devices'] as const;

/** Milliseconds that `xl create` of a PVH guest takes: alone, and with a disk and a network interface. The medians of five. */
export function createGuestTimes(fauxen: readonly string[]): Record<(typeof NAMES)[number], number> {
  const directory = mkdtempSync(join(tmpdir(), 'fauxen-bench-'));
  try {
    const devices = `${PLAIN}disk = ["format=raw,vdev=xvda,access=rw,target=${directory}/disk.img"]\nvif = ["script=/bin/true"]\n`;
    writeFileSync(join(directory, 'plain.cfg'), PLAIN);
    writeFileSync(join(directory, 'devices.cfg'), devices);
    writeFileSync(join(directory, 'disk.img'), new Uint8Array(1 << 20));
    const timed = (name: string) =>
      `s=$(date +%s%N); xl create -q ${directory}/${name}.cfg >&2 || exit 1; e=$(date +%s%N); echo ${name} $((e - s)); xl destroy g`;
    const script = `for _ in $(seq ${RUNS}); do ${NAMES.map(timed).join('; ')}; done`;
    const [program = '', ...args] = [...fauxen, 'run', '--toolstack', '--', 'sh', '-c', script];
    const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', timeout: LIMIT_MS });
    if (status !== 0) throw new Error(error?.message ?? (stderr.trim().split('\n')[0] || `exit status ${status}`));
    const median = (name: string) => {
      const times = [...stdout.matchAll(/^(\w+) (\d+)$/gm)]
        .filter(([, of]) => of === name)
        .map(([, , time]) => Number(time));
      return (times.sort((one, other) => one - other)[RUNS >> 1] ?? Number.NaN) / 1e6;
    };
    return { plain: median('plain'), devices: median('devices') };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
