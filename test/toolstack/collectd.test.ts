// collectd's plugin xencpu asks Xen for its CPUs; its plugin interface reads a guest's network interface.

import t from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { fauxen } from '../helpers/fauxen.ts';
import { plainFolder } from '../helpers/plain-folder.ts';

const skip = missing('fuse', 'root', 'ptrace', 'xenTools', 'xenstored', 'collectd');

const scenario = `domains:
  - { name: web, type: pvh, memory: 16M, state: idle, networks: [{ receive: 2M, send: 1M }] }
`;
const config = (folder: string) => `Interval 0.3
BaseDir "${folder}"
PluginDir "/usr/lib/collectd"
TypesDB "/usr/share/collectd/types.db"
LoadPlugin xencpu
LoadPlugin interface
LoadPlugin csv
<Plugin csv>
  DataDir "stdout"
  StoreRates false
</Plugin>
<Plugin interface>
  Interface "vif1.0"
</Plugin>
`;

t.test("collectd reads Xen's CPUs and a guest's traffic, which grows", { skip }, async (t) => {
  const folder = plainFolder(t, { 'scenario.yaml': scenario });
  const conf = config(folder);
  // It ends after three readings of the network interface.
  const script = `cat >${folder}/c.conf <<'END'\n${conf}END\n
    collectd -f -C ${folder}/c.conf >${folder}/out 2>&1 & pid=$!
    for _ in $(seq 400); do [ "$(grep -c 'vif1.0/if_octets' ${folder}/out)" -ge 3 ] && break; sleep 0.1; done
    kill $pid; wait $pid; cat ${folder}/out`;
  const { stdout, stderr } = await fauxen(
    ['run', '--quiet', '--toolstack', '--scenario', `${folder}/scenario.yaml`, '--', 'sh', '-c', script],
    { timeout: 60_000 },
  );
  t.match(stdout, /xencpu plugin: Found 2 processors/, stderr);
  for (const cpu of [0, 1]) t.match(stdout, new RegExp(`xencpu-${cpu}/percent-load`));
  const readings = [...stdout.matchAll(/vif1\.0\/if_octets .*:(\d+):(\d+)$/gm)].map(([, from, to]) => [
    Number(from),
    Number(to),
  ]);
  t.ok(readings.length >= 3, stdout);
  for (const [index, [from = 0, to = 0]] of readings.slice(1).entries()) {
    const [earlierFrom = 0, earlierTo = 0] = readings[index] ?? [];
    t.ok(from >= earlierFrom && to >= earlierTo, 'counters never go back');
  }
  const [first, last] = [readings[0]?.[1] ?? 0, readings.at(-1)?.[1] ?? 0];
  t.ok(last > first, `${last} bytes after ${first}`);
});
