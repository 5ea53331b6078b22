import { constants } from 'node:os';
import t from 'tap';
import { NetDirectory } from '../../../src/daemon/hypervisor-thread/net-directory.ts';
import { ProcDirectory } from '../../../src/daemon/hypervisor-thread/proc-directory.ts';
import { type NetworkInterface, NO_COUNTS } from '../../../src/daemon/protocol/traffic.ts';
import type { FileRequest } from '../../../src/fuse/file-request.ts';
import type { FsNode } from '../../../src/fuse/node.ts';

const caller = { tid: 17, uid: 0, gid: 0, compat: false } as FileRequest;
const HEAD = 'Inter-|   Receive |  Transmit\n face |bytes |bytes\n    lo: 1 2\n';

const card = (name: string, incoming: number, outgoing: number, since: number) => ({
  name,
  traffic: [{ incoming, outgoing, since }],
  before: NO_COUNTS,
});
const idle = (name: string) => card(name, 0, 0, Date.now());

function textOf(node: FsNode | number): string {
  if (typeof node === 'number' || node.kind !== 'file') throw new Error('not a file');
  const file = node.open(caller, 0);
  if (typeof file === 'number' || file.read === undefined) throw new Error('it cannot be read');
  const bytes = new Uint8Array(4096);
  const length = file.read(caller, 0, bytes, 0);
  return new TextDecoder().decode(bytes.subarray(0, length));
}

t.test("the caller's interfaces come first in dev, then those of guests, each with 16 counters", async (t) => {
  const real = t.testdir({ 17: { net: { dev: HEAD, route: '' } } });
  const net = new NetDirectory(real, () => [idle('vif1.0'), idle('vif12.0')]);
  const text = textOf(net.lookup('dev', caller));
  t.ok(text.startsWith(HEAD));
  const lines = text.slice(HEAD.length).trimEnd().split('\n');
  t.strictSame(
    lines.map((line) => line.split(':')[0]?.trim()),
    ['vif1.0', 'vif12.0'],
  );
  for (const line of lines) t.equal(line.split(':')[1]?.trim().split(/ +/).length, 16);
});

t.test('the counters of an interface start at zero', async (t) => {
  const real = t.testdir({ 17: { net: { dev: HEAD } } });
  const busy = card('vif1.0', 2000, 1000, Date.now() - 3_600_000);
  const line = textOf(new NetDirectory(real, () => [busy]).lookup('dev', caller)).slice(HEAD.length);
  const [received = 0, packets = 0, , , , , , , sent = 0] = line.split(':')[1]!.trim().split(/ +/).map(Number);
  t.ok(received >= 3_600_000 && received < 4_000_000, String(received));
  t.ok(sent >= 7_200_000 && sent < 8_000_000, String(sent));
  t.ok(packets > received / 1500 && packets < received / 1000, String(packets));
});

t.test('a bridge counts the traffic of its interfaces, including removed ones', async (t) => {
  const real = t.testdir({ 17: { net: { dev: HEAD } } });
  const traffic = [2, 3].map((hours) => ({ incoming: 0, outgoing: 1000, since: Date.now() - hours * 3_600_000 }));
  const before = { receivedBytes: 1_000_000, receivedPackets: 700, sentBytes: 77, sentPackets: 1 };
  const net = new NetDirectory(real, () => [{ name: 'xenbr0', traffic, before }]);
  const [received = 0, , , , , , , , sent = 0] = textOf(net.lookup('dev', caller))
    .slice(HEAD.length)
    .split(':')[1]!
    .trim()
    .split(/ +/)
    .map(Number);
  t.ok(received >= 19_000_000 && received < 20_000_000, String(received));
  t.equal(sent, 77);
});

t.test('other files in it are the real ones', async (t) => {
  const net = new NetDirectory(t.testdir({ 17: { net: { dev: HEAD, route: '' } } }), () => [idle('vif1.0')]);
  const route = net.lookup('route', caller);
  if (typeof route === 'number' || route.kind !== 'symlink') throw new Error('not a link');
  t.equal(route.target(caller), '../self/net/route');
  t.equal(net.lookup('absent', caller), -constants.errno.ENOENT);
  t.strictSame([...net.list(caller)].map(({ name }) => name).sort(), ['dev', 'route']);
});

t.test('/proc/net stays a link while no guest has an interface', async (t) => {
  const names: NetworkInterface[] = [];
  const proc = new ProcDirectory({}, '/proc', () => names);
  const kind = () => {
    const node = proc.lookup('net', caller);
    return typeof node === 'number' ? node : node.kind;
  };
  t.equal(kind(), 'symlink');
  names.push(idle('vif1.0'));
  t.equal(kind(), 'directory');
  names.length = 0;
  t.equal(kind(), 'symlink');
});
