import { loadScenario } from '../../scenario/load.ts';
import { bytesOf, secondsOf } from '../../scenario/quantities.ts';
import { CONSOLE_RING, XENSTORE_RING } from '../../scenario/rings.ts';
import { domainId, domainUuid, type ScenarioDomain } from '../../scenario/scenario.ts';
import { writeLibxlConfig } from './libxl-config.ts';
import { deviceEntries } from './scenario-devices.ts';
import { introducing, type StoreRequest, writing, XenstoreClient } from './xenstore-client.ts';

/**
 * xenstored serves one message of each connection between two checks of its devices. Each check is a call to Fauxen and costs more than the
 * message. With more connections there are fewer checks.
 */
const MOST_CONNECTIONS = 32;
const ENTRIES_PER_CONNECTION = 100;

/**
 * Writes to xenstore and libxl's user data what xl writes when it makes pools and domains, for those of the scenario, and introduces each
 * domain to xenstored.
 */
export async function populateXenstore(file: string, socket: string, userData: string): Promise<void> {
  const { pools = [], domains = [] } = await loadScenario(file);
  const entries = [
    ...pools.map(({ name }, index) => [`/local/pool/${index + 1}/name`, name] as const),
    ...domains.flatMap((domain, index) => entriesOf(domain, index)),
  ];
  const clients: XenstoreClient[] = [];
  const wanted = Math.min(MOST_CONNECTIONS, Math.ceil(entries.length / ENTRIES_PER_CONNECTION));
  while (clients.length < wanted) clients.push(await XenstoreClient.open(socket));
  const written = spread(
    clients,
    entries.map(([path, value]) => writing(path, value)),
  );
  for (const [index, domain] of domains.entries()) writeLibxlConfig(userData, domain, index);
  await written;
  // xenstored maps the page through its reserved grant reference, not the frame number.
  const { gfn, port } = XENSTORE_RING;
  await spread(
    clients,
    domains.map((_, index) => introducing(domainId(index), gfn, port)),
  );
  for (const client of clients) client.close();
}

/** Sends requests over all connections. */
async function spread(clients: readonly XenstoreClient[], requests: readonly StoreRequest[]): Promise<void> {
  const each = Math.ceil(requests.length / clients.length);
  await Promise.all(clients.map((client, index) => client.all(requests.slice(index * each, (index + 1) * each))));
}

function entriesOf(domain: ScenarioDomain, index: number): (readonly [string, string])[] {
  const { name, memory, maxMemory, vcpus = 1, maxVcpus = vcpus, type = 'pv' } = domain;
  const id = domainId(index);
  const uuid = domainUuid(domain, index);
  const home = `/local/domain/${id}`;
  const started = Math.floor(Date.now() / 1000 - secondsOf(domain.uptime ?? 0));
  const kib = (size: number | string) => String(Math.floor(bytesOf(size) / 1024));
  return [
    [`${home}/vm`, `/vm/${uuid}`],
    [`${home}/name`, name],
    [`${home}/domid`, String(id)],
    [`${home}/memory/target`, kib(memory)],
    [`${home}/memory/static-max`, kib(maxMemory ?? memory)],
    [`${home}/memory/videoram`, '0'],
    [`${home}/control/shutdown`, ''],
    [`${home}/control/feature-poweroff`, '1'],
    [`${home}/control/feature-reboot`, '1'],
    ...Array.from({ length: maxVcpus }, (_, vcpu) => {
      return [`${home}/cpu/${vcpu}/availability`, vcpu < vcpus ? 'online' : 'offline'] as const;
    }),
    [`/vm/${uuid}/name`, name],
    [`/vm/${uuid}/uuid`, uuid],
    [`/vm/${uuid}/start_time`, `${started}.00`],
    [`/libxl/${id}/type`, type],
    ...(domain.console === undefined ? [] : consoleOf(id)),
    ...deviceEntries(domain, index),
  ];
}

/** xenconsoled reads these keys. */
function consoleOf(id: number): (readonly [string, string])[] {
  const console = `/local/domain/${id}/console`;
  return [
    [`${console}/port`, String(CONSOLE_RING.port)],
    [`${console}/ring-ref`, String(id)],
    [`${console}/type`, 'xenconsoled'],
    [`${console}/output`, 'pty'],
    [`${console}/limit`, '1048576'],
  ];
}
