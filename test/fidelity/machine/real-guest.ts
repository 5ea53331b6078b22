import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { Guest, Release } from '../answers.ts';
import { inFolder } from '../walker.ts';
import { bootWith, panicOf, type Walked } from './real.ts';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
/** Booting a guest in an emulated machine, and its walk, take minutes. */
const SECONDS: Readonly<Record<Guest, string>> = { pv: '900', pvh: '3600' };
/**
 * QEMU's options. A PVH guest leaves its processor's guest mode at each tick of its clock, which QEMU emulates so slowly that on a busy
 * machine the guest does little else. So this machine's clock counts instructions, not time: the walk takes a third of the CPU time.
 */
const OPTIONS: Readonly<Record<Guest, string>> = { pv: '', pvh: '-icount shift=1,sleep=off' };
const TOOLS = ['xl', 'xenstored', 'xenconsoled', 'xen-init-dom0'];
/** Loaded by glibc when a thread is cancelled; no program links it. */
const LOADED_LATER = '/lib/x86_64-linux-gnu/libgcc_s.so.1';

/**
 * Calls that end a PVH guest, which are not recorded: it gets its events as vector 16, which is an exception to its Linux, or as vector 255,
 * which it does not acknowledge, so that nothing interrupts it any more.
 */
const ENDS_PVH = /\nE hvm\.set_evtchn_upcall_vector\.\S+\tvector=0x(?:10|ff)\b.*\n$/;

/** The script without the calls that this guest would not survive. */
export function survivable(script: string, guest: Guest): string {
  if (guest === 'pv') return script;
  return script
    .split(/(?<=^E .*\n)/m)
    .filter((call) => !ENDS_PVH.test(call))
    .join('');
}

/** This machine's Xen tools and the libraries that they need, by their paths in dom0. */
function tools(release: Release): Record<string, string> {
  const folder = `/usr/lib/xen-${release}/bin`;
  const missing = TOOLS.filter((name) => !existsSync(join(folder, name)));
  if (missing.length > 0)
    throw new Error(`${folder} has no ${missing.join(', ')}: apt-get install xen-utils-${release}`);
  const programs = TOOLS.map((name) => join(folder, name));
  const { stdout } = spawnSync('ldd', programs, { encoding: 'utf8' });
  const libraries = [...stdout.matchAll(/(?:=> |^\t)(\/\S+) \(/gm)].map(([, path = '']) => path);
  return Object.fromEntries([
    ...programs.map((path) => [`tools/bin/${basename(path)}`, path]),
    ...[...new Set([...libraries, LOADED_LATER])].map((path) => [`tools/lib/${basename(path)}`, path]),
  ]) as Record<string, string>;
}

/** The guest's root: busybox, Xen's drivers, the walker. */
function initialRoot(folder: string, walker: string, script: string, names: readonly string[]): string {
  const root = join(folder, 'root');
  for (const each of ['proc', 'sys', 'dev', 'tmp']) mkdirSync(join(root, each), { recursive: true });
  const base = join(process.env.REALXEN ?? '', 'base');
  if (!existsSync(base)) execFileSync(here('prepare.sh'), { stdio: 'inherit' });
  for (const each of ['bin', 'modules']) cpSync(join(base, each), join(root, each), { recursive: true });
  cpSync(here('guest-init.sh'), join(root, 'init'));
  chmodSync(join(root, 'init'), 0o755);
  cpSync(walker, join(root, 'walker'));
  writeFileSync(join(root, 'script'), script);
  writeFileSync(join(root, 'groups'), `${names.join(' ')}\n`);
  const archive = join(folder, 'initrd');
  const { status, stderr } = spawnSync('sh', ['-c', 'find . | cpio --quiet -o -H newc | gzip -1 >"$0"', archive], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`cpio cannot pack the guest's root: ${stderr}`);
  return archive;
}

/** The walker's output in a guest of a real Xen, started by xl, as far as it reached the console: up to a group that ends the guest. */
export function walkGuest(
  release: Release,
  guest: Guest,
  walker: string,
  script: string,
  names: readonly string[],
): Walked {
  return inFolder((folder) => {
    const kind = join(folder, 'kind');
    writeFileSync(kind, guest);
    const kernel = join(process.env.REALXEN ?? '', 'dom0/vmlinuz');
    const initrd = initialRoot(folder, walker, survivable(script, guest), names);
    const own = { 'guest-dom0.sh': here('guest-dom0.sh'), kind, 'guest/vmlinuz': kernel, 'guest/initrd': initrd };
    process.env.T ??= SECONDS[guest];
    process.env.QEMUCMD ??= OPTIONS[guest];
    const { stdout, console } = bootWith(release, 'sh /guest-dom0.sh', { ...own, ...tools(release) });
    const said = stdout.toString('latin1');
    const parts = [...said.matchAll(/BEGIN \S+\r?\n([\s\S]*?)END /g)].map(([, text = '']) =>
      Buffer.from(text, 'base64'),
    );
    if (!said.includes('guest up:'))
      throw new Error(`the ${guest} guest of Xen ${release} did not start: ${said.slice(-2000)}`);
    const text = parts.map((part) => gunzipSync(part).toString('utf8')).join('');
    const group = names[parts.length];
    if (group === undefined) return { text, died: undefined };
    return { text, died: { group, panic: panicOf(console) ?? 'the guest ended, or its time was up (T=SECONDS)' } };
  });
}
