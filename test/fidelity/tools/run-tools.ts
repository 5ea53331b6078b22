import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { quoted } from '../../helpers/quoted.ts';
import { textOf } from '../../toolcheck/recordings.ts';
import type { Release } from '../answers.ts';
import { checkout, inFolder } from '../walker.ts';
import { STOPPED, type ToolRun } from './recordings.ts';

/** Limit for the whole list on a busy machine. */
const TIMEOUT_MS = 600_000;
/** Limit for one command, generous: only one that hangs meets it. */
const COMMAND_SECONDS = 60;
/** Limit for a command that the recorder stopped at its own limit. */
const STOPPED_SECONDS = 3;
/** What timeout exits with when it stopped a program; the recorder's, busybox's, says STOPPED. */
const COREUTILS_STOPPED = 124;

/** A small kernel of each kind, from grub-xen-bin. The recorded guests had dom0's; none of them ever ran. */
const KERNELS = { pvh: '/usr/lib/grub-xen/grub-i386-xen_pvh.bin', pv: '/usr/lib/grub-xen/grub-x86_64-xen.bin' };

/** A destroyed guest is in the list until xenconsoled has unmapped its page: the emulated machine was too slow to show it. */
const UNTIL_GONE = 'for _ in {1..100}; do xl list | grep -q "(null)" || break; sleep 0.1; done';

const configuration = (folder: string, kind: 'pv' | 'pvh', name: string, rest: string) =>
  `name="${name}"\ntype="${kind}"\nkernel="${folder}/${kind}"\nmemory=128\n${rest}\n`;

/** The root in which a release's tools are: this machine's own, or one that `scripts/real-xen prepare tools-RELEASE` unpacks. */
function rootOf(release: Release): string {
  if (existsSync(`/usr/lib/xen-${release}/bin/xl`)) return '/';
  const place = process.env.REALXEN ?? join(checkout, 'build/real-xen');
  const root = join(place, `tools-${release}`);
  const prepare = join(checkout, 'test/fidelity/machine/prepare.sh');
  const { status } = spawnSync(prepare, [`tools-${release}`], {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, REALXEN: place },
  });
  if (status !== 0) throw new Error(`${prepare} tools-${release} ended with ${status}`);
  return root;
}

/** Runs what it is given (a program and its arguments, after $0 to $3) with this machine's devices in another root. */
const IN_ROOT = `set -e
root=$0 folder=$1 checkout=$2 node=$3
shift 3
mount --make-rprivate /
for each in proc sys dev; do mount --rbind /$each "$root/$each"; done
for each in tmp mnt run usr/local/bin; do mount -t tmpfs none "$root/$each"; done
mkdir -p "$root$folder" "$root/mnt/fauxen" "$root/run/lock"
mount --bind "$folder" "$root$folder"
mount --bind "$checkout" "$root/mnt/fauxen"
: >"$root/usr/local/bin/node"
mount --bind "$node" "$root/usr/local/bin/node"
exec chroot "$root" /usr/bin/env -i HOME=/root PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin /mnt/fauxen/scripts/fauxen "$@"`;

/** Runs a release's own tools in one dom0 of Fauxen; returns what each did. Needs root. */
export function runTools(release: Release, recorded: readonly ToolRun[]): ToolRun[] {
  return inFolder((folder) => {
    for (const kind of ['pv', 'pvh'] as const) copyFileSync(KERNELS[kind], join(folder, kind));
    writeFileSync(join(folder, 'g.cfg'), configuration(folder, 'pvh', 'probe', 'vcpus=2'));
    writeFileSync(join(folder, 'pv.cfg'), configuration(folder, 'pv', 'pvprobe', ''));
    writeFileSync(join(folder, 'pod.cfg'), configuration(folder, 'pvh', 'pod', 'maxmem=256'));
    const script = join(folder, 'script');
    writeFileSync(script, scriptOf(folder, release, recorded));
    const mhz = Number(/^cpu_mhz +: ([\d.]+)$/m.exec(recorded[0]?.stdout ?? '')?.[1] ?? 0); // of xl info, measured at each boot
    writeFileSync(join(folder, 'machine.json'), JSON.stringify({ machine: { cpu: 'recorded', mhz } }));
    const args = ['run', '--toolstack', '--tools', release, '--xen', release];
    args.push('--scenario', join(folder, 'machine.json'), '--', '/bin/bash', script);
    const root = rootOf(release);
    const [command, rest]: [string, string[]] =
      root === '/'
        ? [join(checkout, 'scripts/fauxen'), args]
        : ['unshare', ['-m', 'bash', '-c', IN_ROOT, root, folder, checkout, process.execPath, ...args]];
    const { status, error, stderr } = spawnSync(command, rest, {
      timeout: TIMEOUT_MS,
      encoding: 'utf8',
      stdio: ['ignore', 2, 'pipe'],
    });
    if (status !== 0) throw new Error(`fauxen run --toolstack ended with ${error?.message ?? status}: ${stderr}`);
    return recorded.map((each) => outcome(folder, each));
  });
}

/** One line a command. The recorder's configurations were in /tmp. */
function scriptOf(folder: string, release: Release, recorded: readonly ToolRun[]): string {
  const lines = recorded.map(({ name, command, status }) => {
    // A limit that the command did not meet may be too short for a busy machine.
    const whole = status === STOPPED ? command : command.replace(/^timeout \d+ /, '');
    const limit = status === STOPPED && !command.startsWith('timeout ') ? STOPPED_SECONDS : COMMAND_SECONDS;
    const to = join(folder, name);
    const words = whole.split(' ').map((word) => quoted(word.replaceAll('/tmp/', `${folder}/`))); // as the recorder's shell split them
    const line = `timeout -k 5 ${limit} ${words.join(' ')} </dev/null >${to}.out 2>${to}.err\necho $? >${to}.rc`;
    return command.startsWith('xl destroy') ? `${line}\n${UNTIL_GONE}` : line;
  });
  return `PATH=/usr/sbin:/usr/bin:/sbin:/bin:/usr/lib/xen-${release}/bin\nexport PATH\n${lines.join('\n')}\nexit 0\n`;
}

function outcome(folder: string, { name, command }: ToolRun): ToolRun {
  const recordersPath = (text: string) =>
    text
      .replaceAll(`${folder}/pvh`, '/vmlinuz')
      .replaceAll(new RegExp(`${folder}/pv(?!\\.)`, 'g'), '/vmlinuz')
      .replaceAll(`${folder}/`, '/tmp/');
  const [stdout, stderr] = (['out', 'err'] as const).map((kind) =>
    recordersPath(textOf(join(folder, `${name}.${kind}`))),
  );
  const status = Number(textOf(join(folder, `${name}.rc`)));
  return {
    name,
    command,
    status: status === COREUTILS_STOPPED ? STOPPED : status,
    stdout: stdout ?? '',
    stderr: stderr ?? '',
  };
}
