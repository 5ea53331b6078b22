import { loadScenario } from '../../scenario/load.ts';
import { bytesOf, secondsOf } from '../../scenario/quantities.ts';
import { CONSOLE_RING, XENSTORE_RING } from '../../scenario/rings.ts';
import { domainId, domainUuid, type ScenarioDomain } from '../../scenario/scenario.ts';
import { writeLibxlConfig } from './libxl-config.ts';
import { XenstoreClient } from './xenstore-client.ts';

/**
 * Writes to xenstore and libxl's user data what xl writes when it makes pools and domains, for those of the scenario, and introduces each
 * domain to xenstored.
 */
export async function populateXenstore(file: string, socket: string, userData: string): Promise<void> {
  const { pools = [], domains = [] } = loadScenario(file);
  const client = await XenstoreClient.open(socket);
  const entries = [
    ...pools.map(({ name }, index) => [`/local/pool/${index + 1}/name`, name] as const),
    ...domains.flatMap((domain, index) => entriesOf(domain, index)),
  ];
  await Promise.all(entries.map(([path, value]) => client.write(path, value)));
  for (const [index, domain] of domains.entries()) writeLibxlConfig(userData, domain, index);
  // xenstored maps the page through its reserved grant reference, not the frame number.
  const ids = domains.map((_, index) => domainId(index));
  await Promise.all(ids.map((id) => client.introduce(id, XENSTORE_RING.gfn, XENSTORE_RING.port)));
  client.close();
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
