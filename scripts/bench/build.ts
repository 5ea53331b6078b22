import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const checkout = fileURLToPath(new URL('../..', import.meta.url));
export const here = join(checkout, 'scripts/bench');
/** Not in git. */
export const buildDirectory = join(checkout, 'build/bench');

/** The name of the subject whose daemon is notify.c. */
export const C_NOTIFY = 'C through seccomp';

/** What can be measured here; `skipped` has the reasons for missing paths. */
export interface Built {
  client: string;
  daemon?: string;
  /** The C server of seccomp notifications. */
  notify?: string;
  peer?: string;
  skipped: Record<string, string>;
}

export function build(): Built {
  mkdirSync(buildDirectory, { recursive: true });
  const skipped: Record<string, string> = {};
  const client = compile('client.c', []);
  if (client instanceof Error) throw client;
  const flags = spawnSync('pkg-config', ['--cflags', '--libs', 'fuse3'], { encoding: 'utf8' });
  const found = flags.status === 0 ? flags.stdout.trim().split(/\s+/) : ['-I/usr/include/fuse3', '-lfuse3'];
  const daemon = compile('daemon.c', found);
  if (daemon instanceof Error) skipped['C daemon'] = `${daemon.message} (libfuse3-dev?)`;
  const notify = compile('notify.c', []);
  if (notify instanceof Error) skipped[C_NOTIFY] = notify.message;
  const peer = installPeer();
  if (peer instanceof Error) skipped['fuse-native'] = peer.message;
  return {
    client,
    ...(typeof daemon === 'string' && { daemon }),
    ...(typeof notify === 'string' && { notify }),
    ...(typeof peer === 'string' && { peer }),
    skipped,
  };
}

function compile(source: string, flags: string[]): string | Error {
  const output = join(buildDirectory, source.replace(/\.c$/, ''));
  const { status, stderr, error } = spawnSync('gcc', ['-O2', '-Wall', '-o', output, join(here, source), ...flags], {
    encoding: 'utf8',
  });
  if (status === 0) return output;
  return new Error(`cannot compile ${source}: ${error?.message ?? stderr.trim().split('\n')[0]}`);
}

/** fuse-native has its own lock file and folder, separate from the product's. */
function installPeer(): string | Error {
  const folder = join(buildDirectory, 'fuse-native');
  mkdirSync(folder, { recursive: true });
  for (const file of ['package.json', 'peer.cjs']) copyFileSync(join(here, 'fuse-native', file), join(folder, file));
  if (!existsSync(join(folder, 'node_modules/fuse-native'))) {
    const npm = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], {
      cwd: folder,
      encoding: 'utf8',
      timeout: 60_000,
    });
    if (npm.status !== 0) return new Error('npm could not install fuse-native');
  }
  const loads = spawnSync(process.execPath, ['-e', "require('fuse-native')"], { cwd: folder, encoding: 'utf8' });
  if (loads.status === 0) return join(folder, 'peer.cjs');
  const reason = /Error: (.*)/.exec(loads.stderr)?.[1] ?? 'unknown reason';
  return new Error(`fuse-native does not load: ${reason}`);
}
