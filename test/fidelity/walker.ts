import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadAbi } from '../../src/xen/abi/abi.ts';
import { partsOf, type Recording, type Release } from './answers.ts';
import { writeScript } from './groups.ts';
import { Script } from './script.ts';

export const checkout = fileURLToPath(new URL('../..', import.meta.url));

/** Makes a folder that is removed when `use` has ended. */
export function inFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'fauxen-fidelity-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Compiles walker.c into `folder`: static, since dom0 of a real Xen has no libraries. */
export function compileWalker(folder: string): string {
  const walker = join(folder, 'walker');
  const source = join(checkout, 'test/fidelity/walker.c');
  const { status, stderr, error } = spawnSync('gcc', ['-O1', '-static', '-o', walker, source], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`gcc cannot compile ${source}: ${error?.message ?? stderr}`);
  return walker;
}

export async function scriptOf(release: Release, salt: string, groups: readonly string[] = []): Promise<string> {
  const abi = await loadAbi(release);
  const script = new Script(abi.sysctlVersion);
  writeScript(script, abi, salt, groups.length > 0 ? groups : undefined);
  return script.text();
}

/** A whole walk takes a few seconds; one that hangs is ended. */
const TIMEOUT_MS = 240_000;

/** Where the walk is recorded: in dom0, or in a Linux guest whose privcmd may make any hypercall. */
export function walkAs(recording: Recording, script: string): string {
  const { release, guest } = partsOf(recording);
  const options = guest === undefined ? [] : ['--domain', '1', '--domain-type', guest, '--privcmd-unrestricted'];
  return walkFauxen(release, script, options);
}

/** What the walker prints under `fauxen run`. `groups`: only these of the script. */
export function walkFauxen(
  release: Release,
  script: string,
  options: readonly string[] = [],
  groups: readonly string[] = [],
): string {
  return inFolder((folder) => {
    const file = join(folder, 'script');
    const output = join(folder, 'output');
    writeFileSync(file, script);
    writeFileSync(output, '');
    const walker = compileWalker(folder);
    const walk = [
      'sh',
      '-c',
      'script=$1; output=$2; shift 2; "$0" "$script" "$@" >"$output"',
      walker,
      file,
      output,
      ...groups,
    ];
    const { status, stderr, error } = spawnSync(
      join(checkout, 'scripts/fauxen'),
      ['run', '--xen', release, '--strict-memory', ...options, '--', ...walk],
      { encoding: 'utf8', timeout: TIMEOUT_MS, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    if (error !== undefined) throw error;
    if (status !== 0) throw new Error(`fauxen run ended with ${status}: ${stderr}`);
    return readFileSync(output, 'utf8');
  });
}
