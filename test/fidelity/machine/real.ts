import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { quoted } from '../../helpers/quoted.ts';
import type { Release } from '../answers.ts';
import { inFolder } from '../walker.ts';

const boot = fileURLToPath(new URL('boot.sh', import.meta.url));
/** Marks the end of a program's output; its exit status and stderr follow. */
const MARK = '\n\x1e fauxen real-xen: exit ';

export interface Ran {
  /** undefined if the machine ended first, by a panic of Xen or by the time limit. */
  readonly status: number | undefined;
  readonly stdout: Buffer;
  readonly stderr: string;
  /** Xen's console, and dom0's. */
  readonly console: string;
}

/** Runs a static program or a script in dom0 of a real Xen. `files` are copied into dom0's root under their names. */
export function runReal(release: Release, command: readonly string[], files: Readonly<Record<string, string>>): Ran {
  const mark = MARK.replace('\n', '\\n').replace('\x1e', '\\036');
  const lines = [`chmod +x ${command[0]}`, `${command.map(quoted).join(' ')} 2>/tmp/stderr`];
  lines.push(`printf '${mark}%s\\n' $?`, 'cat /tmp/stderr');
  return bootWith(release, lines.join('\n'), files);
}

/** Boots with this run.sh. */
export function bootWith(release: Release, script: string, files: Readonly<Record<string, string>>): Ran {
  return inFolder((folder) => {
    const run = join(folder, 'run.sh');
    const output = join(folder, 'output');
    writeFileSync(run, `${script}\n`);
    const laid = Object.entries({ ...files, 'run.sh': run }).map(([name, file]) => `${name}=${file}`);
    writeFileSync(output, '');
    writeFileSync(`${output}.console`, '');
    const { status, stderr, error } = spawnSync(boot, [release, output, ...laid], {
      encoding: 'utf8',
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    if (error !== undefined) throw error;
    const said = readFileSync(output);
    const console = readFileSync(`${output}.console`, 'latin1');
    if (status !== 0 && console === '') throw new Error(`Xen ${release} did not boot: ${stderr}`);
    const at = said.lastIndexOf(MARK);
    const [line = '', ...rest] =
      at < 0
        ? []
        : said
            .subarray(at + MARK.length)
            .toString('utf8')
            .split('\n');
    const stdout = at < 0 ? said : said.subarray(0, at);
    return { status: at < 0 ? undefined : Number(line), stdout, stderr: rest.join('\n'), console };
  });
}

export interface Walked {
  readonly text: string;
  /** The group in which the machine ended, and how. */
  readonly died: { readonly group: string; readonly panic: string } | undefined;
}

/** The walker's output on a real Xen, group by group until the machine ends. Compressed: the emulated serial line is slow. */
export function walkOnce(release: Release, walker: string, script: string, names: readonly string[]): Walked {
  return inFolder((folder) => {
    const file = join(folder, 'script');
    writeFileSync(file, script);
    const commands = names.map(
      (name) => `/walker /script ${name} >/tmp/lines; gzip -c /tmp/lines >/tmp/lines.gz; cat /tmp/lines.gz`,
    );
    const lines = [
      'chmod +x /walker',
      ...commands,
      `printf '${MARK.replace('\n', '\\n').replace('\x1e', '\\036')}0\\n'`,
    ];
    const ran = bootWith(release, lines.join('\n'), { walker, script: file });
    const text = ran.stdout.length === 0 ? '' : gunzipSync(ran.stdout).toString('utf8');
    if (ran.status !== undefined) return { text, died: undefined };
    const group = names.find((name) => !text.includes(`# group ${name}\n`)) ?? 'none';
    return { text, died: { group, panic: panicOf(ran.console) ?? 'its time was up (T=SECONDS)' } };
  });
}

/** Why a machine ended, and in which of Xen's functions, if it panicked. */
export function panicOf(console: string): string | undefined {
  const at = console.lastIndexOf('Panic on CPU');
  if (at < 0) return undefined;
  const lines = console.slice(at).split('\n').slice(1, 3);
  const words = lines.map((line) => line.replace(/^\(XEN\) */, '').trim()).join(' ');
  const place = /Xen call trace:\r?\n.*?\] R (\S+)/.exec(console)?.[1];
  return `${words}${place === undefined ? '' : ` in ${place}`}`;
}
