import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { fauxen } from '../helpers/fauxen.ts';
import { plainFolder } from '../helpers/plain-folder.ts';
import { quoted } from '../helpers/quoted.ts';
import { checkout } from '../helpers/source-files.ts';
import { withoutDom0 } from '../helpers/tiny-guests.ts';

const PROXY = '/usr/lib/xen-4.17/bin/vchan-socket-proxy';
const skip = withoutDom0() || (!existsSync(PROXY) && `missing: ${PROXY}`);
/** Less is sent between domains: starting a second fauxen in the first takes long on a busy machine. */
const [MANY, FEW] = [2 ** 20, 2 ** 16];
const PATH = '/local/domain/0/data/vchan';

/** A prefix for commands that run in domain 5, beside the dom0 of the script. */
const IN_GUEST = `'${join(checkout, 'scripts/fauxen')}' run --at /proc/xen --domain 5 --`;

for (const [where, bytes, server, client] of [
  ['between two programs of dom0', MANY, { domid: 0, run: '' }, { domid: 0, run: '' }],
  ['from dom0 to a guest', FEW, { domid: 0, run: '' }, { domid: 5, run: IN_GUEST }],
  ['from a guest to dom0', FEW, { domid: 5, run: IN_GUEST }, { domid: 0, run: '' }],
] as const) {
  t.test(`vchan-socket-proxy sends ${bytes / 1024} KiB each way through libxenvchan, ${where}`, { skip }, async (t) => {
    const folder = plainFolder(t);
    const [up, down] = [randomBytes(bytes), randomBytes(bytes)];
    writeFileSync(join(folder, 'up'), up);
    writeFileSync(join(folder, 'down'), down);
    // Each side's input stays open until both have received everything: the proxy ends at the end of its input.
    const script = `cd ${quoted(folder)}
both() { for _ in $(seq 400); do
  [ "$(cat got-up got-down 2>/dev/null | wc -c)" -ge ${2 * bytes} ] && break; sleep 0.1; done; }
(cat down; both) | ${server.run} ${PROXY} -m server ${client.domid} ${PATH} - >got-up &
for _ in $(seq 400); do xenstore-exists ${PATH}/event-channel && break; sleep 0.1; done
(cat up; both) | ${client.run} ${PROXY} -m client ${server.domid} ${PATH} - >got-down
wait
xl list | grep -c ' 5 *192 '
xenstore-exists ${PATH} || echo cleaned up`;
    const { stdout, stderr } = await fauxen(['run', '--toolstack', '--', 'sh', '-c', script], { timeout: 55_000 });
    const got = (name: string) => readFileSync(join(folder, name));
    t.ok(got('got-up').equals(up), `${got('got-up').length} bytes from client to server; ${stderr}`);
    t.ok(got('got-down').equals(down), `${got('got-down').length} bytes from server to client`);
    t.match(stdout, server.domid + client.domid === 0 ? /^0$/m : /^1$/m, 'guests');
    t.match(stdout, 'cleaned up', "the server's close took its entries out of xenstore");
  });
}
