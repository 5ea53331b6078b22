import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import t from 'tap';
import { shows } from '../../../src/daemon/log/log.ts';
import { checkout } from '../../helpers/source-files.ts';

t.test('a threshold shows its own level and those above', async (t) => {
  t.ok(shows('warn', 'warn'));
  t.ok(shows('warn', 'fatal'));
  t.notOk(shows('warn', 'info'));
  t.notOk(shows('silent', 'fatal'));
});

t.test('records written before pino is loaded are printed in order, on stderr', async (t) => {
  const script = `
    import { Log } from ${JSON.stringify(join(checkout, 'src/daemon/log/log.ts'))};
    const log = new Log('info', 'json');
    log.write('info', 'first', { number: 39 });
    log.write('debug', 'not shown');
    log.write('error', 'second');
    await log.flush();
    log.write('warn', 'third');
    log.silence();
    log.write('warn', 'not shown either');
  `;
  const args = ['--import', 'tsx', '--input-type=module', '-e', script];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', cwd: checkout });
  t.equal(stdout, '');
  const records = stderr
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  t.match(records, [
    { level: 30, msg: 'first', number: 39 },
    { level: 50, msg: 'second' },
    { level: 40, msg: 'third' },
  ]);
  t.equal(records.length, 3);
});
