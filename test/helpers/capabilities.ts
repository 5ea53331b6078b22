/**
 * What this machine offers to the tests. A test declares what it needs:
 * `t.test('…', { skip: missing('fuse', 'multilib') }, …)`; the skip's reason names what is missing, and .ci/run
 * fails if the thing exists after all.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, closeSync, constants, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { findTools } from '../../src/daemon/toolstack/find-tools.ts';
import { FreezerGroup } from './freezer-group.ts';
import { ownMounts } from './own-mounts.ts';

interface Probe {
  /** The name in a skip's reason: a Debian package where there is one, so that the reason says what to install. */
  name: string;
  present(): boolean;
}

export type Capability =
  | 'fuse'
  | 'root'
  | 'mount'
  | 'rootMount'
  | 'userns'
  | 'userfaultfd'
  | 'ptrace'
  | 'gcc'
  | 'static'
  | 'multilib'
  | 'ia32'
  | 'zeroPage'
  | 'freezer'
  | 'xenHeaders'
  | 'xenTools'
  | 'anyXenTools'
  | 'oxenstored'
  | 'xenShim'
  | 'xenstored'
  | 'grubXen'
  | 'xenQemu'
  | 'collectd'
  | 'libvirtXen'
  | 'virtInstall'
  | 'hostPrograms'
  | 'loopDevices'
  | 'xenstoreUtils'
  | 'strace'
  | 'zsh'
  | 'dpkgDeb'
  | 'lintian'
  | 'fish'
  | 'gdb'
  | 'clang'
  | 'libfuse3'
  | 'ioctlPackage';

const onPath = (command: string) =>
  `${process.env.PATH ?? ''}:/usr/sbin:/sbin`.split(delimiter).some((folder) => existsSync(join(folder, command)));

const succeeds = (command: string, ...args: string[]) =>
  spawnSync(command, args, { stdio: 'ignore', timeout: 10_000 }).status === 0;

/** Whether gcc links a program with these flags. */
const links = (...flags: string[]) =>
  spawnSync('gcc', [...flags, '-x', 'c', '-o', '/dev/null', '-'], { input: 'int main(void){return 0;}' }).status === 0;

/** Whether a C program compiles with these flags and exits with 0. */
function runs(source: string, ...flags: string[]): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'fauxen-capability-'));
  try {
    const program = join(folder, 'program');
    const { status } = spawnSync('gcc', [...flags, '-x', 'c', '-o', program, '-'], { input: source });
    return status === 0 && succeeds(program);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Exits with 0 if new memory that was only read is the shared zero page: present, and not private to the process (bit 56). */
const READS_ZERO_PAGE = `
#include <fcntl.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>
int main(void) {
  volatile char *page = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  uint64_t entry = *page;
  int pagemap = open("/proc/self/pagemap", O_RDONLY);
  if (pread(pagemap, &entry, 8, (uintptr_t)page / 4096 * 8) != 8) return 2;
  return entry >> 63 != 1 || (entry >> 56 & 1) != 0;
}`;

function opens(path: string): boolean {
  try {
    closeSync(openSync(path, 'r+'));
    return true;
  } catch {
    return false;
  }
}

function readable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

const isRoot = () => process.getuid?.() === 0;

const probes: Record<Capability, Probe> = {
  fuse: { name: '/dev/fuse', present: () => opens('/dev/fuse') },
  root: { name: 'root', present: isRoot },
  /** Any mount: /dev/fuse, and the right to mount, as root or in a user namespace. */
  mount: {
    name: 'mounting FUSE',
    present: () =>
      capabilities.fuse &&
      (isRoot() ? succeeds('unshare', ...ownMounts, 'true') : capabilities.userns) &&
      onPath('mount'),
  },
  /** After a plain chroot the root directory is not a mount point, so its mount propagation cannot be set. */
  rootMount: {
    name: 'a root directory that is a mount point',
    present: () => succeeds('mountpoint', '-q', '/'),
  },
  /** The kernel allows none in a chroot. */
  userns: {
    name: 'user namespaces',
    // Probed as an unprivileged user: the kernel may allow it to root only.
    present: () => {
      const unshare = ['unshare', '--user', '--map-root-user', '--mount', 'true'];
      return isRoot()
        ? succeeds('setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', ...unshare)
        : succeeds('unshare', ...unshare.slice(1));
    },
  },
  /** Also for faults in kernel mode, which needs root. */
  userfaultfd: {
    name: 'userfaultfd',
    present: () => isRoot() && existsSync('/proc/sys/vm/unprivileged_userfaultfd'),
  },
  /** Tracing a process of the same user that is not a child: Yama may forbid it. */
  ptrace: {
    name: 'ptrace',
    present: () => {
      const scope = '/proc/sys/kernel/yama/ptrace_scope';
      if (!existsSync(scope)) return true;
      const value = Number(readFileSync(scope, 'utf8'));
      return value === 0 || (isRoot() && value < 3);
    },
  },
  gcc: { name: 'gcc', present: () => links() },
  static: { name: 'a static libc', present: () => links('-static') },
  multilib: { name: 'gcc-multilib', present: () => links('-m32') },
  /** A kernel or virtual machine without IA32 emulation answers ENOEXEC. */
  ia32: {
    name: 'a kernel that runs 32-bit programs',
    present: () => runs('int main(void) { return 0; }', '-m32', '-static'),
  },
  /** Some virtual machines have none (pvm_no_zero_page): memory that was only read is then private to the process. */
  zeroPage: { name: 'a kernel with a zero page', present: () => runs(READS_ZERO_PAGE) },
  /** Version 1 has a different freezer, which also delays SIGKILL. */
  freezer: {
    name: 'a writable cgroup of version 2',
    present: () => {
      const group = FreezerGroup.make();
      group?.remove();
      return group !== undefined;
    },
  },
  xenHeaders: { name: 'libxen-dev', present: () => readable('/usr/include/xen/xen.h') },
  xenTools: { name: 'xen-utils-4.17', present: () => existsSync('/usr/lib/xen-4.17/bin/xl') },
  anyXenTools: { name: "some Xen's tools", present: () => findTools().tools !== undefined },
  oxenstored: {
    name: 'oxenstored',
    present: () => (findTools().tools?.path ?? []).some((folder) => existsSync(join(folder, 'oxenstored'))),
  },
  xenShim: { name: 'xen-shim of xen-utils-4.17', present: () => existsSync('/usr/lib/xen-4.17/boot/xen-shim') },
  xenstored: {
    name: 'xenstored',
    present: () => ['xenstored', 'oxenstored'].some((name) => existsSync(`/usr/lib/xen-4.17/bin/${name}`)),
  },
  loopDevices: { name: 'loop devices (/dev/loop-control)', present: () => existsSync('/dev/loop-control') },
  grubXen: { name: 'grub-xen-host', present: () => existsSync('/usr/lib/grub-xen/grub-x86_64-xen.bin') },
  collectd: {
    name: 'collectd-core',
    present: () => onPath('collectd') && existsSync('/usr/lib/collectd/xencpu.so'),
  },
  libvirtXen: {
    name: 'libvirt-daemon-system with libvirt-daemon-driver-xen and libvirt-clients',
    present: () =>
      onPath('libvirtd') &&
      onPath('virsh') &&
      succeeds('id', 'libvirt-qemu') &&
      existsSync('/usr/lib/x86_64-linux-gnu/libvirt/connection-driver/libvirt_driver_libxl.so'),
  },
  virtInstall: { name: 'virtinst', present: () => onPath('virt-install') },
  hostPrograms: {
    name: 'facter, ansible-core, python3-libvirt, python3-pyxs, libsys-virt-perl, monitoring-plugins-contrib, build/unpacked (scripts/setup --tests)',
    present: () =>
      ['facter', 'ansible', 'collectd'].every(onPath) &&
      [
        '/usr/lib/collectd/virt.so',
        '/usr/lib/nagios/plugins/check_libvirt',
        'build/unpacked/usr/bin/prometheus-libvirt-exporter',
        'build/unpacked/usr/share/munin/plugins/libvirt-mem',
        'build/unpacked/usr/share/ganeti/3.0',
        'build/unpacked/usr/bin/xen-delete-image',
      ].every((path) => existsSync(path)) &&
      succeeds('/usr/bin/python3', '-c', 'import libvirt, pyxs, simplejson, OpenSSL, bitarray, psutil') &&
      succeeds('perl', '-MSys::Virt', '-MXML::Simple', '-MMonitoring::Plugin', '-MFile::Which', '-e1'),
  },
  xenQemu: {
    name: 'qemu-system-xen with seabios',
    present: () => existsSync('/usr/libexec/xen-qemu-system-i386') && existsSync('/usr/share/seabios/bios-256k.bin'),
  },
  xenstoreUtils: { name: 'xenstore-utils', present: () => onPath('xenstore-ls') },
  dpkgDeb: { name: 'dpkg-deb', present: () => onPath('dpkg-deb') },
  lintian: { name: 'lintian', present: () => onPath('lintian') },
  zsh: { name: 'zsh', present: () => onPath('zsh') },
  fish: { name: 'fish', present: () => onPath('fish') },
  strace: { name: 'strace', present: () => onPath('strace') },
  gdb: { name: 'gdb', present: () => onPath('gdb') },
  clang: { name: 'clang', present: () => onPath('clang') },
  libfuse3: { name: 'libfuse3-dev', present: () => existsSync('/usr/include/fuse3/fuse.h') },
  ioctlPackage: {
    name: 'the compiled package ioctl',
    present: () => existsSync(new URL('../../node_modules/ioctl/build/Release/ioctl.node', import.meta.url)),
  },
};

const known = new Map<Capability, boolean>();

/** Each is probed when first read: most tests need one or two. */
export const capabilities = new Proxy({} as Record<Capability, boolean>, {
  get(_target, key) {
    const capability = key as Capability;
    const answer = known.get(capability) ?? probes[capability].present();
    known.set(capability, answer);
    return answer;
  },
});

/** For a test's `skip` option: the reason if any of these is missing, else false. */
export function missing(...needed: Capability[]): string | false {
  const absent = needed.filter((capability) => !capabilities[capability]).map((capability) => probes[capability].name);
  return absent.length > 0 && `missing: ${absent.join(', ')}`;
}

/**
 * The capabilities that a skip's reason names (only what follows `missing:`), if the machine has all of them: then the skip
 * was avoidable. Undefined if one is missing or the reason names none.
 */
export function presentCapabilityNamedIn(reason: string): string | undefined {
  const names = /missing: (.*)/.exec(reason)?.[1]?.split(', ') ?? [reason];
  const named = (Object.keys(probes) as Capability[]).filter((key) =>
    names.some((name) => name === probes[key].name || wholeWord(name, probes[key].name)),
  );
  if (named.length === 0 || named.some((key) => !capabilities[key])) return undefined;
  return named.map((key) => probes[key].name).join(', ');
}

const wholeWord = (text: string, word: string) =>
  new RegExp(`(^|[^\\w-])${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}($|[^\\w-])`).test(text);
