// Files for use elsewhere (action, Containerfile, unit files), checked without an engine, a hosted runner or an init.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { parseAction } from '@actions/workflow-parser/actions/action-parser';
import { DockerfileParser } from 'dockerfile-ast';
import t from 'tap';
import { parse } from 'yaml';
import { missing } from '../helpers/capabilities.ts';
import { command } from '../helpers/fauxen.ts';
import { ownMounts } from '../helpers/own-mounts.ts';
import { runCommand } from '../helpers/run-command.ts';
import { checkout } from '../helpers/source-files.ts';

const text = (path: string) => readFileSync(join(checkout, path), 'utf8');

/** The errors that GitHub's own parser, used by its editor support, finds in a file. */
const mistakes = (parse: typeof parseAction | typeof parseWorkflow, name: string, content = text(name)) =>
  parse({ name, content }, new NoOperationTraceWriter())
    .context.errors.getErrors()
    .map(({ message }) => message);

t.test("GitHub's parser accepts the action and the workflows", async (t) => {
  t.strictSame(mistakes(parseAction, 'action.yml'), []);
  const folder = '.github/workflows';
  for (const file of readdirSync(join(checkout, folder))) {
    t.strictSame(mistakes(parseWorkflow, `${folder}/${file}`), [], file);
  }
  const misspelled = 'on: push\njobs: {a: {runs-on: x, stepps: []}}\n';
  t.match(mistakes(parseWorkflow, 'x.yml', misspelled), [/Unexpected value 'stepps'/], 'the parser finds mistakes');
});

t.test('the Containerfile parses, names its base images and has a command', async (t) => {
  const file = DockerfileParser.parse(text('packaging/Containerfile'));
  const words = file.getInstructions().map((each) => each.getKeyword());
  t.strictSame([...new Set(words)].sort(), ['CMD', 'COPY', 'ENTRYPOINT', 'FROM', 'RUN', 'WORKDIR']);
  for (const from of file.getFROMs()) t.match(from.getImage(), /^docker\.io\/library\/node:\d+-bookworm-slim$/);
  t.match(file.getENTRYPOINTs()[0]?.getArgumentsContent(), '["fauxen"]');
});

t.test('the GitLab template is a hidden job of strings', async (t) => {
  const { '.fauxen': job, ...others } = parse(text('packaging/gitlab-ci.yml'));
  t.strictSame(others, {});
  t.match(job, { image: /^node:/, variables: { FAUXEN_VERSION: 'latest' } });
  for (const line of job.before_script) t.type(line, 'string');
});

t.test('the dev container allows what a mount needs', async (t) => {
  const container = JSON.parse(text('.devcontainer/devcontainer.json'));
  t.match(container.runArgs, ['--device=/dev/fuse', '--cap-add=SYS_ADMIN', '--cap-add=SYS_PTRACE']);
  t.match(container.image, /^mcr\.microsoft\.com\/devcontainers\//);
});

t.test(
  'mount -t fuse.fauxen mounts, as a line in fstab would',
  { skip: missing('fuse', 'mount', 'root') },
  async (t) => {
    const folder = t.testdir({ sbin: {}, work: {}, mount: {} });
    writeFileSync(
      join(folder, 'sbin/mount.fuse.fauxen'),
      `#!/bin/sh\nFAUXEN='${command}' exec '${checkout}/packaging/mount.fuse.fauxen' "$@"\n`,
      { mode: 0o755 },
    );
    const directory = join(folder, 'mount');
    const options = 'defaults,noauto,x-systemd.automount,xen=4.14,xen-cmdline=loglvl=all,allow_other';
    const script = `
    mount -t overlay -o "lowerdir=$1/sbin:/usr/sbin" none /usr/sbin || exit
    mount -t fuse.fauxen -o ${options} fauxen "$1/mount" || exit
    grep -o 'Xen version 4.14' "$1/mount/dmesg"; grep -o 'Command line: loglvl=all' "$1/mount/dmesg"
    umount "$1/mount"`;
    const args = [...ownMounts, 'sh', '-c', script, 'sh', folder];
    const { status, stdout, stderr } = await runCommand('unshare', args);
    t.equal(stderr, '');
    t.equal(stdout, `fauxen: mounted ${directory}\nXen version 4.14\nCommand line: loglvl=all\n`);
    t.equal(status, 0);
  },
);

t.test(
  'the Debian package has what Debian expects, and its command runs',
  { skip: missing('dpkgDeb', 'lintian') },
  async (t) => {
    const folder = t.testdir({ root: {} });
    const deb = execFileSync(join(checkout, 'scripts/deb'), [folder], { encoding: 'utf8' }).trim();
    const lint = await runCommand('lintian', ['--allow-root', '--fail-on', 'error,warning', deb], { timeout: 100_000 });
    t.equal(lint.stdout, '');
    t.equal(lint.status, 0, lint.stderr);
    mkdirSync(join(folder, 'root'), { recursive: true });
    execFileSync('dpkg-deb', ['-x', deb, join(folder, 'root')]);
    const installed = join(folder, 'root/usr/bin/fauxen');
    t.match(await runCommand(installed, ['help', 'run']), { status: 0, stdout: /^Usage: fauxen run / });
    if (missing('mount')) return;
    const hypercalls = join(folder, 'root/usr/share/doc/fauxen/examples/hello_hypercall.ts');
    const args = ['run', '--hypercalls', hypercalls, '--', 'cat', '/proc/xen/capabilities'];
    t.match(await runCommand(installed, args), { status: 0, stdout: 'control_d\n', stderr: '' });
  },
);
