import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { noTerminal, onDom0Terminal } from '../helpers/converse.ts';
import { fauxen } from '../helpers/fauxen.ts';
import { tinyGuests, withoutDom0 } from '../helpers/tiny-guests.ts';

const skip = withoutDom0() || noTerminal;
const DETACH = '\x1d';

t.test('a scenario defines the answers of guests, including those that xl builds', { skip }, async (t) => {
  const folder = tinyGuests(t);
  writeFileSync(
    join(folder, 'talk.yaml'),
    `built: {console: {text: "TINY-GUEST-UP\\n", shutdown: poweroff}}
domains:
  - name: web
    memory: 64
    console:
      text: "web login: "
      answers:
        - {line: "ro*", say: "Hello {line}, of domain {domid}\\nweb login: "}
`,
  );
  const shown = await onDom0Terminal(
    folder,
    `xl console web
     xl create pvh.cfg
     for _ in $(seq 300); do xl list 2 >/dev/null 2>&1 || break; sleep 0.1; done
     cat /var/log/xen/console/guest-tinypvh.log
     xl list`,
    [
      { shown: 'login: ', keys: 'root\r' },
      { shown: 'Hello root, of domain 1\r\nweb login: ', keys: DETACH },
    ],
    `--scenario ${join(folder, 'talk.yaml')}`,
  );
  t.match(shown, /TINY-GUEST-UP/);
  t.match(shown, /^Name.*\n(Domain-0.*\n)web +1 .*\nstatus 0/m, 'the built guest powered off');
});

t.test('output larger than the ring passes through xenconsoled unchanged', { skip }, async (t) => {
  const folder = tinyGuests(t);
  const lines = Array.from({ length: 800 }, (_, line) => `line ${line} of the text`);
  const script = { domains: [{ name: 'talker', memory: 16, console: `${lines.join('\n')}\nlast\n` }] };
  writeFileSync(join(folder, 'long.json'), JSON.stringify(script));
  const log = '/var/log/xen/console/guest-talker.log';
  const { stdout } = await fauxen(
    [
      ...['run', '--toolstack', '--scenario', join(folder, 'long.json'), '--', 'sh', '-c'],
      `for _ in $(seq 300); do grep -q last ${log} && break; sleep 0.1; done; cat ${log}`,
    ],
    { timeout: 50_000 },
  );
  t.equal(stdout.replaceAll('\r', ''), `${lines.join('\n')}\nlast\n`);
});
