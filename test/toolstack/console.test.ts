import t from 'tap';
import { noTerminal, onDom0Terminal } from '../helpers/converse.ts';
import { tinyGuests, withoutDom0 } from '../helpers/tiny-guests.ts';

const skip = withoutDom0() || noTerminal;
const DETACH = '\x1d';

/** Waits for a domain's end by its number: libxl removes the name some time before. */
const untilGone = (domid: number) =>
  `for _ in $(seq 300); do xl list ${domid} >/dev/null 2>&1 || break; sleep 0.1; done`;

for (const type of ['pv', 'pvh']) {
  t.test(`xl console talks with a ${type} guest that xl built; xenconsoled logs it`, { skip }, async (t) => {
    const name = `tiny${type}`;
    const shown = await onDom0Terminal(
      tinyGuests(t),
      `xl create -e ${type}.cfg && xl list && xl console ${name}
       echo "log: $(grep -c 'helo: not found' /var/log/xen/console/guest-${name}.log)"
       xl console ${name}`,
      [
        { shown: '# ', keys: 'hell\x7fo\r' },
        { shown: 'helo: not found\r\n# ', keys: 'cat /proc/cmdline\r' },
        { shown: 'console=hvc0\r\n# ', keys: DETACH },
        { shown: 'log: 1', keys: '\r' },
        { shown: '# ', keys: 'echo again\r' },
        { shown: '\nagain\r\n# ', keys: DETACH },
      ],
    );
    t.match(shown, new RegExp(`^${name} +1 +${type === 'pv' ? 32 : 16} +1 +-b----`, 'm'));
    t.match(shown, `simulated guest, domain 1: ${type.toUpperCase()}, ${type === 'pv' ? 32 : 16} MiB, 1 vCPU`);
    t.match(shown, 'status 0');
  });
}

t.test(
  'xl create -c shows the start; a guest that reboots comes back, one that powers off is gone',
  { skip },
  async (t) => {
    const shown = await onDom0Terminal(
      tinyGuests(t),
      `xl create -c pvh.cfg
     for _ in $(seq 300); do [ "$(xl domid tinypvh 2>&1)" = 2 ] && break; sleep 0.1; done
     xl console tinypvh
     ${untilGone(2)}
     xl list`,
      [
        { shown: 'domain 1: PVH', keys: '' },
        { shown: '# ', keys: 'reboot\r' },
        { shown: 'Restarting system.', keys: '' },
        { shown: 'domain 2: PVH', keys: '' },
        { shown: '# ', keys: 'poweroff\r' },
        { shown: 'Power down.', keys: '' },
      ],
    );
    t.match(shown, /^Name.*\n(Domain-0.*\n)status 0/m, 'no other domain is left');
  },
);
