// Disks and network interfaces of a scenario's guests, and what monitoring programs see of them.

import t from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { folderInDom0 } from '../helpers/in-dom0.ts';

const skip = missing('fuse', 'root', 'ptrace', 'xenTools', 'xenstored', 'xenstoreUtils');

const scenario = `built: { network: { receive: 1M } }
domains:
  - name: web
    type: pvh
    memory: 16M
    state: idle
    uptime: 1h
    networks: [{ receive: 2M, send: 1M }, { mac: '00:16:3e:01:02:03', bridge: other }]
    disks: [{ name: xvda, read: 4M, write: 1M, size: 2G }, { name: xvdb, readOnly: true }]
  - { name: db, type: pv, memory: 16M, networks: [{ send: 100K }] }
`;

const script = `connected() {
  for _ in $(seq 300); do [ "$(xl "$1" "$2" | grep -c ' 4  ')" = "$3" ] && return; sleep 0.1; done
}
connected network-list web 2; connected block-list web 2; connected network-list db 1
echo =lists; xl network-list web; xl block-list web
echo =top; xentop -b -n -x -i 1
echo =again; sleep 1.2; xentop -b -n -x -i 1
echo =files; cat /sys/class/net/vif1.0/statistics/tx_bytes; ls /sys/bus/xen-backend/devices; cut -d: -f1 /proc/net/dev
echo =bridge; cd /sys/class/net; ls xenbr0/brif; readlink -f vif2.0/master vif2.0/brport/bridge xenbr0/brif/vif2.0; cat vif2.0/carrier
cat xenbr0/statistics/tx_bytes xenbr0/statistics/rx_bytes; cat vif*/ifindex | sort -u | wc -l
echo =config; xl list -l web
echo =detach; xl network-detach web 1 && xl block-detach web xvdb && xl destroy web && ls /sys/bus/xen-backend/devices
cut -d: -f1 /proc/net/dev
`;

t.test('a scenario’s devices are connected, and their counters grow at its rates', { skip }, async (t) => {
  const folder = t.testdir({ 'scenario.yaml': scenario, 'all.sh': script });
  const { stdout, stderr } = await folderInDom0(folder, 60_000);
  const parts = Object.fromEntries(
    stdout
      .split(/^=/m)
      .slice(1)
      .map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1)]),
  );
  t.equal(stderr, '');
  t.match(parts.lists, /^0 +0 +00:16:3e:00:01:00 +0 +4 /m);
  t.match(parts.lists, /^1 +0 +00:16:3e:01:02:03 +1 +4 /m);
  t.match(parts.lists, /^51712 +0 +\d +4 .*\n51728 +0 +\d +4 /m);

  const [before, after] = [countsIn(parts.top), countsIn(parts.again)];
  t.equal(before.line[9], '2', 'NETS');
  t.equal(before.line[12], '2', 'VBDS');
  const [networkHour, diskHour] = [3600 * 2 ** 20, (3600 * 4 * 2 ** 20) / 512];
  t.ok(Number(before.line[10]) * 1024 > networkHour, `NETTX ${before.line[10]}`);
  t.ok(before.read > diskHour, `sectors ${before.read}`);
  t.ok(after.read > before.read, `${after.read} after ${before.read}`);
  t.ok(Number(after.line[11]) > Number(before.line[11]), 'NETRX moves');

  t.ok(Number(parts.files?.split('\n')[0]) > networkHour * 2);
  t.match(parts.files, /^vbd-1-51712\nvbd-1-51728\nvif-1-0\nvif-1-1\nvif-2-0$/m);
  for (const name of ['vif1.0', 'vif1.1', 'vif2.0', 'xenbr0', 'other'])
    t.match(parts.files, new RegExp(`^ *${name}$`, 'm'));
  const [card, bridge] = ['/sys/class/net/vif2.0', '/sys/class/net/xenbr0'];
  t.match(parts.bridge, new RegExp(`^vif1\\.0\nvif2\\.0\n${bridge}\n${bridge}\n${card}/brport\n1\n`), 'its ports');
  const [to = 0, from = 0, indexes] = parts.bridge?.trim().split('\n').slice(-3).map(Number) ?? [];
  t.ok(to > networkHour * 2 && from > networkHour, `the bridge counts its cards: ${to}, ${from}`);
  t.equal(indexes, 3);
  const { config } = JSON.parse(parts.config ?? '')[0];
  t.match(config.nics, [
    { devid: 0, bridge: 'xenbr0' },
    { devid: 1, mac: '00:16:3e:01:02:03' },
  ]);
  t.match(config.disks, [{ vdev: 'xvda', readwrite: 1 }, { vdev: 'xvdb' }]);
  t.match(parts.detach, /^vif-2-0$/m);
  t.notMatch(parts.detach, /vif1|vbd|other/);
  t.match(parts.detach, /^xenbr0$/m);
});

/** xentop's line for the guest, and the sectors that it has read. */
function countsIn(top = ''): { line: readonly string[]; read: number } {
  return {
    line: /^ +web .*$/m.exec(top)?.[0].trim().split(/ +/) ?? [],
    read: Number(/VBD BlkBack 51712 .* RSECT: *(\d+)/.exec(top)?.[1]),
  };
}
