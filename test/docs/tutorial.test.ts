import t from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { runCommand } from '../helpers/run-command.ts';
import { checkout } from '../helpers/source-files.ts';

t.setTimeout(300_000);

t.test(
  'each command of the tutorials prints what the page shows',
  {
    skip: missing('fuse', 'root', 'gcc', 'xenHeaders', 'ptrace', 'clang'),
  },
  async (t) => {
    t.setTimeout(300_000); // each of two dozen commands starts a hypervisor
    for (const page of ['docs/tutorial.md', 'docs/tutorial.zh-CN.md']) {
      const { status, stderr } = await runCommand(
        process.execPath,
        ['--import', 'tsx', 'scripts/transcripts.ts', '--check', page],
        { cwd: checkout, timeout: 120_000 },
      );
      t.equal(status, 0, `${page} ${stderr}`);
    }
  },
);
