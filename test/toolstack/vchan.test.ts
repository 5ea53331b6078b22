import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { fauxen } from '../helpers/fauxen.ts';
import { withoutDom0 } from '../helpers/tiny-guests.ts';

const PROXY = '/usr/lib/xen-4.17/bin/vchan-socket-proxy';
const skip = withoutDom0() || (!existsSync(PROXY) && `missing: ${PROXY}`);
const BYTES = 2 ** 20;
const PATH = '/local/domain/0/data/vchan';

t.test('vchan-socket-proxy sends a MiB each way through libxenvchan', { skip }, async (t) => {
  const folder = t.testdir();
  const [up, down] = [randomBytes(BYTES), randomBytes(BYTES)];
  writeFileSync(join(folder, 'up'), up);
  writeFileSync(join(folder, 'down'), down);
  // Each side's input stays open until both have all: the proxy ends with it.
  const script = `cd ${folder}
both() { for _ in $(seq 400); do
  [ "$(cat got-up got-down 2>/dev/null | wc -c)" -ge ${2 * BYTES} ] && break; sleep 0.1; done; }
(cat down; both) | ${PROXY} -m server 0 ${PATH} - >got-up &
for _ in $(seq 400); do xenstore-exists ${PATH}/event-channel && break; sleep 0.1; done
(cat up; both) | ${PROXY} -m client 0 ${PATH} - >got-down
wait
xenstore-exists ${PATH} || echo cleaned up`;
  const { stdout, stderr } = await fauxen(['run', '--toolstack', '--', 'sh', '-c', script], { timeout: 55_000 });
  const got = (name: string) => readFileSync(join(folder, name));
  t.ok(got('got-up').equals(up), `${got('got-up').length} bytes from client to server; ${stderr}`);
  t.ok(got('got-down').equals(down), `${got('got-down').length} bytes from server to client`);
  t.match(stdout, 'cleaned up', "the server's close took its entries out of xenstore");
});
