import t, { type Test } from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { runCommand } from '../helpers/run-command.ts';
import { checkout } from '../helpers/source-files.ts';

t.setTimeout(300_000);

/** Whether each command of these pages prints what the page shows. */
async function shows(t: Test, ...pages: string[]): Promise<void> {
  t.setTimeout(300_000); // each of two dozen commands starts a hypervisor
  for (const page of pages) {
    const { status, stderr } = await runCommand(
      process.execPath,
      ['--import', 'tsx', 'scripts/transcripts.ts', '--check', page],
      { cwd: checkout, timeout: 120_000 },
    );
    t.equal(status, 0, `${page} ${stderr}`);
  }
}

const needs = ['fuse', 'root', 'gcc', 'xenHeaders', 'ptrace'] as const;

t.test('each command of the tutorials prints what the page shows', { skip: missing(...needs, 'clang') }, (t) =>
  shows(t, 'docs/tutorial.md', 'docs/tutorial.zh-CN.md'),
);

t.test('each step of the classic tutorial prints what the page shows', { skip: missing(...needs, 'clang') }, (t) =>
  shows(t, 'examples/classic/README.md', 'examples/classic/README.zh-CN.md'),
);

t.test(
  'each toolstack command prints what the page shows',
  { skip: missing(...needs, 'xenTools', 'xenstored', 'xenstoreUtils') },
  (t) => shows(t, 'docs/toolstack.md'),
);
