// xl, xentop, xenpm and collectd agree on which CPUs are busy.

import t from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { fauxen } from '../helpers/fauxen.ts';
import { plainFolder } from '../helpers/plain-folder.ts';

const tools = ['fuse', 'root', 'xenTools', 'xenstored'] as const;
const timeout = 60_000;

const scenario = `machine: { cpus: 4 }
domains:
  - { name: busy, memory: 16M, vcpus: 2, load: 0.8 }
`;

/** Dom0 runs on CPU 0 for half of its time, so the guest is on CPUs 1 and 2. */
const busy = [0.5, 0.8, 0.8, 0];

t.test('xenpm, xentop and xl show the load of a guest', { skip: missing(...tools) }, async (t) => {
  const folder = plainFolder(t, { 'scenario.yaml': scenario });
  const { stdout, stderr } = await fauxen(
    [
      ...['run', '--quiet', '--toolstack', '--scenario', `${folder}/scenario.yaml`, '--', 'sh', '-c'],
      `xl vcpu-list busy | awk 'NR > 1 { print "vcpu", $4 }'
       xenpm start 1 | awk '/^CPU/ { cpu = $1 } / C0/ { sub(/.*\\(/, ""); print cpu, $1 }'
       xentop -b -i 2 -d 1 | awk '$1 == "busy" { print "xentop", $4 }'`,
    ],
    { timeout },
  );
  t.equal(stderr, '');
  t.match(stdout, /^vcpu 1\nvcpu 2\nCPU0/);
  const shares = [...stdout.matchAll(/^CPU(\d): ([\d.]+)%\)$/gm)].map(([, cpu, share]) => [cpu, Number(share) / 100]);
  t.equal(shares.length, busy.length, stdout);
  // xenpm reads the CPUs one after the other.
  for (const [cpu, share] of shares)
    t.ok(Math.abs(Number(share) - (busy[Number(cpu)] ?? 0)) < 0.05, `CPU ${cpu}: ${share}`);
  const shown = Number(/^xentop (1\d\d\.\d)$/m.exec(stdout)?.[1]);
  t.ok(shown > 140 && shown < 180, `xentop: ${shown}`); // by its own clock
});

t.test('collectd reads the load of each CPU', { skip: missing(...tools, 'collectd') }, async (t) => {
  const folder = plainFolder(t, { 'scenario.yaml': scenario });
  const config = `Interval 0.3
BaseDir "${folder}"
PluginDir "/usr/lib/collectd"
TypesDB "/usr/share/collectd/types.db"
LoadPlugin xencpu
LoadPlugin csv
<Plugin csv>
  DataDir "stdout"
  StoreRates false
</Plugin>
`;
  const { stdout, stderr } = await fauxen(
    [
      ...['run', '--quiet', '--toolstack', '--scenario', `${folder}/scenario.yaml`, '--', 'sh', '-c'],
      `cat >${folder}/c.conf <<'END'\n${config}END\n
       collectd -f -C ${folder}/c.conf >${folder}/out 2>&1 & pid=$!
       for _ in $(seq 400); do [ "$(grep -c 'xencpu-3/percent-load' ${folder}/out)" -ge 4 ] && break; sleep 0.1; done
       kill $pid; wait $pid; cat ${folder}/out`,
    ],
    { timeout },
  );
  t.match(stdout, /xencpu plugin: Found 4 processors/, stderr);
  for (const [cpu, share] of busy.entries()) {
    const readings = [...stdout.matchAll(new RegExp(`xencpu-${cpu}/percent-load .*:([\\d.]+)$`, 'gm'))].map(
      ([, load]) => Number(load),
    );
    const median = readings.sort((a, b) => a - b)[readings.length >> 1] ?? Number.NaN;
    t.ok(Math.abs(median / 100 - share) < 0.1, `CPU ${cpu}: ${readings.join(' ')}`);
  }
});
