import { existsSync, readFileSync } from 'node:fs';

const DATA = 'data/toolcheck';

/** A command's exit status and output. */
export interface Outcome {
  status: number;
  stdout: string;
  stderr: string;
}

export interface ToolCommand {
  name: string;
  command: string;
}

/** Rows of a file with tabs between fields; lines that begin with # are comments. */
export function rows(path: string): string[][] {
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split('\t'));
}

export function toolCommands(): ToolCommand[] {
  return rows('test/toolcheck/commands.tsv').map(([name = '', command = '']) => ({ name, command }));
}

/** The output in a real Xen's dom0, by name. */
export function recordings(): Map<string, Outcome> {
  const found = new Map<string, Outcome>();
  for (const [name = '', rc = ''] of rows(`${DATA}/rc.tsv`)) {
    const status = /^rc=(\d+)$/.exec(rc)?.[1];
    if (status === undefined || !existsSync(`${DATA}/${name}.out`)) continue;
    const [stdout, stderr] = [textOf(`${DATA}/${name}.out`), textOf(`${DATA}/${name}.err`)];
    found.set(name, { status: Number(status), stdout, stderr });
  }
  return found;
}

/** Byte by byte: some tools' output is not valid UTF-8. */
export function textOf(path: string): string {
  return existsSync(path) ? readFileSync(path, 'latin1') : '';
}
