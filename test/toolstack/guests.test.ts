// A scenario's domains, used by Debian's xl.

import t from 'tap';
import { bashInDom0, withoutTools } from '../helpers/in-dom0.ts';

const skip = withoutTools;

t.test("a scenario's guests are listed, have consoles, and answer xl shutdown", { skip }, async (t) => {
  const { stdout, stderr } = await bashInDom0(
    `xl list
     xl shutdown web 2>&1
     for _ in $(seq 50); do xl list web | grep -q 's-- ' && break; sleep 0.1; done
     xl list web
     for _ in $(seq 50); do grep -q login /var/log/xen/console/guest-web.log && break; sleep 0.1; done
     cat /var/log/xen/console/guest-web.log`,
    ['--scenario', 'examples/scenarios/small.yaml'],
  );
  t.equal(stderr, '');
  t.match(stdout, /^web +1 +2048 +2 +-b----/m);
  t.match(stdout, /^web +1 +2048 +2 +\S*s--/m);
  t.match(stdout, /web login:/);
});

t.test('xl waits for guests to shut down, and is notified when they have ended', { skip }, async (t) => {
  const { stdout, stderr } = await bashInDom0(
    `xl shutdown -w web 2>&1
     released() { until [ "$(grep -c . /run/released)" -ge "$1" ]; do sleep 0.05; done; }
     stdbuf -oL xenstore-watch @releaseDomain > /run/released & watcher=$!
     released 1 # at once, as any watch
     xl destroy database; released 2
     xl destroy web; released 3
     kill $watcher
     sort -u /run/released
     xenstore-list /local/domain
     xl reboot nightly 2> /dev/null & # which is paused, and so does not hear of it: xl waits for its answer
     until [ "$(xenstore-read /local/domain/3/control/shutdown)" = reboot ]; do sleep 0.1; done
     sleep 0.5
     xl list nightly
     xl unpause nightly
     wait $!
     until xl list nightly | grep 'sr-'; do sleep 0.1; done`,
    ['--scenario', 'examples/scenarios/small.yaml'],
  );
  t.equal(stderr, '');
  t.match(stdout, /^Shutting down domain 1\nWaiting for 1 domains\nDomain 1 has been shut down, reason code 0\n/);
  t.match(stdout, /^@releaseDomain\n0\n3\n4\n/m, 'what they had in xenstore is gone');
  t.match(stdout, /^nightly +3 +1024 +1 +\S*p---/m);
  t.match(stdout, /^nightly +3 +1024 +1 +\S*sr-/m);
});

t.test('a scenario with mistakes gives exit status 2 and their lines', { skip }, async (t) => {
  const file = `${t.testdir({ 'bad.yaml': 'domains:\n  - name: a\n    memory: lots\n' })}/bad.yaml`;
  const { status, stderr } = await bashInDom0('true', ['--scenario', file]);
  t.equal(status, 2);
  t.match(stderr, `${file}:3: /domains/0/memory: must be a number of MiB`);
});
