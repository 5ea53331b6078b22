import { bytesOf, rateOf, secondsOf } from '../../scenario/quantities.ts';
import {
  type DiskRates,
  domainId,
  type NetworkRates,
  type Scenario,
  type ScenarioDisk,
  type ScenarioDomain,
  type ScenarioNetwork,
} from '../../scenario/scenario.ts';
import type { Traffic } from '../protocol/traffic.ts';

/** A device of a scenario's guest. */
export interface ScenarioDevice {
  readonly type: 'vif' | 'vbd';
  /** The guest, and the device's number in it. */
  readonly domain: number;
  readonly number: string;
  /** Its path in xenstore. */
  readonly backend: string;
  readonly traffic: Traffic;
}

export interface ScenarioDevices {
  readonly devices: readonly ScenarioDevice[];
  /** Rates of the devices of guests that the tools build. */
  readonly built: Readonly<Record<string, Rates>>;
}

type Rates = Pick<Traffic, 'incoming' | 'outgoing'>;

const NONE: Rates = { incoming: 0, outgoing: 0 };
const SECTOR_BYTES = 512;
const XVD_MAJOR = 202;
const DISK_NUMBERS = 16;
/** libxl's. */
export const DEFAULT_BRIDGE = 'xenbr0';
/** Size of a disk that the scenario gives none. */
const DISK_SIZE = '8G';

const networkRates = ({ receive = 0, send = 0 }: NetworkRates): Rates => ({
  incoming: rateOf(receive),
  outgoing: rateOf(send),
});
const diskRates = ({ read = 0, write = 0 }: DiskRates): Rates => ({ incoming: rateOf(read), outgoing: rateOf(write) });

/** The devices of a scenario. Their counters began when their domain did. */
export function scenarioDevices({ domains = [], built = {} }: Scenario): ScenarioDevices {
  const now = Date.now();
  const devices = domains.flatMap((domain, index) => {
    const id = domainId(index);
    const since = now - 1000 * secondsOf(domain.uptime ?? 0);
    const device = (type: 'vif' | 'vbd', number: string, rates: Rates) => {
      return { type, domain: id, number, backend: backendOf(type, id, number), traffic: { ...rates, since } };
    };
    return [
      ...(domain.networks ?? []).map((vif, at) => device('vif', String(at), networkRates(vif))),
      ...(domain.disks ?? []).map((disk) => device('vbd', diskNumber(disk), diskRates(disk))),
    ];
  });
  return { devices, built: { vif: networkRates(built.network ?? {}), vbd: diskRates(built.disk ?? {}) } };
}

/** A device's traffic: as the scenario defines it; a device that it does not mention counts from now on. */
export function trafficOf(
  scenario: ScenarioDevices | undefined,
  { type, domain, number }: { type: string; domain: number; number: string },
): Traffic {
  const own = scenario?.devices.find((one) => one.type === type && one.domain === domain && one.number === number);
  return own?.traffic ?? { ...NONE, ...scenario?.built[type], since: Date.now() };
}

const backendOf = (type: string, id: number, number: string) => `/local/domain/0/backend/${type}/${id}/${number}`;

/** Linux's device number of xvda, xvdb, … */
const diskNumber = ({ name }: ScenarioDisk) =>
  String(XVD_MAJOR * 256 + DISK_NUMBERS * ((name.codePointAt(3) ?? 97) - 97));

export const macOf = (vif: ScenarioNetwork, id: number, at: number): string =>
  vif.mac ?? `00:16:3e:${[id >> 8, id, at].map((byte) => (byte & 0xff).toString(16).padStart(2, '0')).join(':')}`;

/** The path of the image that a disk seems to have. */
export const imageOf = (domain: ScenarioDomain, disk: ScenarioDisk): string =>
  `/var/lib/xen/images/${domain.name}-${disk.name}.img`;

/**
 * What libxl and the hotplug scripts write to xenstore for a domain's devices. The drivers at both ends then connect them. libxl reads its
 * own copy, below /libxl.
 */
export function deviceEntries(domain: ScenarioDomain, index: number): (readonly [string, string])[] {
  const id = domainId(index);
  const vifs = (domain.networks ?? []).map((vif, at) => {
    const mac = macOf(vif, id, at);
    const backend = {
      handle: String(at),
      mac,
      bridge: vif.bridge ?? DEFAULT_BRIDGE,
      script: '/bin/true',
      type: 'vif',
      'hotplug-status': 'connected',
    };
    return entriesOf(id, 'vif', String(at), backend, { handle: String(at), mac });
  });
  const disks = (domain.disks ?? []).map((disk) => {
    const number = diskNumber(disk);
    const backend = {
      params: imageOf(domain, disk),
      script: '/bin/true',
      removable: '0',
      bootable: '1',
      dev: disk.name,
      type: 'phy',
      mode: disk.readOnly === true ? 'r' : 'w',
      'device-type': 'disk',
      'discard-enable': '1',
      specification: 'xen',
      sectors: String(Math.floor(bytesOf(disk.size ?? DISK_SIZE) / SECTOR_BYTES)),
      'physical-device': '7:0',
      'hotplug-status': 'connected',
    };
    return entriesOf(id, 'vbd', number, backend, { 'virtual-device': number, 'device-type': 'disk' });
  });
  return [...vifs, ...disks].flat();
}

function entriesOf(
  id: number,
  type: 'vif' | 'vbd',
  number: string,
  backend: Readonly<Record<string, string>>,
  frontend: Readonly<Record<string, string>>,
): (readonly [string, string])[] {
  const [back, front] = [backendOf(type, id, number), `/local/domain/${id}/device/${type}/${number}`];
  const below = (path: string, entries: Readonly<Record<string, string>>) =>
    Object.entries(entries).map(([key, value]) => [`${path}/${key}`, value] as const);
  const host = { frontend: front, 'frontend-id': String(id), online: '1', state: '1', ...backend };
  return [
    ...below(front, { backend: back, 'backend-id': '0', state: '1', ...frontend }),
    ...below(back, host),
    ...below(`/libxl/${id}/device/${type}/${number}`, { ...host, backend: back, 'backend-id': '0' }),
  ];
}
