import type { DeviceRings } from '../../guests/device-ring.ts';
import type { GuestOrder } from '../protocol/guest-order.ts';
import type { NetworkInterface } from '../protocol/traffic.ts';
import { type DeviceKind, kinds, xenbusStates } from './device-kinds.ts';
import { DeviceSysfs } from './device-sysfs.ts';
import { DiskLoops } from './disk-loops.ts';
import { interfaceSetup } from './interface-setup.ts';
import { LimitNotes } from './limit-notes.ts';
import { type ScenarioDevices, trafficOf } from './scenario-devices.ts';
import { SECTOR_BYTES, sectorsOf } from './sectors-of.ts';
import { XenstoreClient } from './xenstore-client.ts';

/** A device with its paths at both ends. */
interface Device {
  readonly type: string;
  /** The guest, and the device's number in it. */
  readonly domain: number;
  readonly number: string;
  readonly backend: string;
  readonly frontend: string;
}

const { initialised, connected } = xenbusStates;

const BACKEND = /^(\/local\/domain\/0\/backend\/(\w+)\/(\d+)\/(\d+))(?:\/(.*))?$/;
const FRONTEND = /^\/local\/domain\/(\d+)\/device\/(\w+)\/(\d+)\/state$/;
/** Keys of a backend that determine its next step. */
const STEPS: ReadonlySet<string> = new Set(['state', 'online', 'hotplug-status', 'physical-device']);
const LOOP = /^\/dev\/loop\d+$/;
const TOKEN = 'devices';
const PAUSED_MS = 100;
/**
 * How long a backend stays in InitWait. libxl waits for exactly that state when it attaches a device, and on a busy machine it would miss a
 * shorter one; a real guest's kernel is not faster.
 */
const SETTLE_MS = 500;

/** The hypervisor operations that the drivers need; Daemon implements them. */
export interface DriversHypervisor {
  guestRuns(domain: number): Promise<boolean | undefined>;
  shareRings(domain: number, count: number): Promise<DeviceRings | undefined>;
  orderGuest(domain: number, order: GuestOrder): Promise<void>;
  showInterfaces(interfaces: readonly NetworkInterface[]): Promise<void>;
}

export interface DeviceDriversOptions {
  socket: string;
  hypervisor: DriversHypervisor;
  /** The path through which this process reaches a file of dom0. */
  view(path: string): string;
  /** Devices of the scenario's guests, and what devices move. */
  scenario?: ScenarioDevices | undefined;
  /** Reports what is not simulated when it is met. */
  note(text: string): void;
}

/**
 * Simulates the drivers at both ends of paravirtual devices in xenstore: those of dom0's kernel (blkback, netback) and of the guests'
 * kernels. They go through the states that libxl waits for. No data is transferred over the rings.
 */
export class DeviceDrivers {
  readonly #client: XenstoreClient;
  readonly #hypervisor: DriversHypervisor;
  readonly #view: (path: string) => string;
  readonly #sysfs: DeviceSysfs;
  readonly #loops = new DiskLoops();
  readonly #scenario: ScenarioDevices | undefined;
  readonly #limits: LimitNotes;
  /** When backends came to InitWait, by performance.now(). */
  readonly #waitingSince = new Map<string, number>();
  /** What frontends share with their backends, by the backend. */
  readonly #rings = new Map<string, DeviceRings>();
  /** Serializes the steps of each device. */
  readonly #queues = new Map<string, Promise<void>>();

  private constructor(client: XenstoreClient, { hypervisor, view, scenario, note }: DeviceDriversOptions) {
    this.#limits = new LimitNotes(note);
    this.#scenario = scenario;
    this.#client = client;
    this.#hypervisor = hypervisor;
    this.#view = view;
    this.#sysfs = new DeviceSysfs(view);
  }

  /** Starts the drivers. They run as long as xenstored, and do not keep this process alive. */
  static async start(options: DeviceDriversOptions): Promise<DeviceDrivers> {
    const client = await XenstoreClient.open(options.socket);
    client.unref();
    const drivers = new DeviceDrivers(client, options);
    client.onWatch = (path) => drivers.#changed(path);
    await client.watch('/local/domain', TOKEN);
    for (const { backend } of options.scenario?.devices ?? []) drivers.#changed(backend);
    return drivers;
  }

  /** Gives up the disks. */
  async end(): Promise<void> {
    await this.#loops.end();
  }

  #changed(path: string): void {
    const back = BACKEND.exec(path);
    if (back !== null) {
      const [, backend = '', type = '', domain = '', number = '', key = ''] = back;
      if (kinds[type] !== undefined && (key === '' || STEPS.has(key)))
        this.#enqueue({ backend, type, domain: Number(domain), number });
      return;
    }
    this.#limits.meet(path);
    const front = FRONTEND.exec(path);
    if (front !== null) this.#enqueueFrontend(path.slice(0, -'/state'.length), Number(front[1]), front[3] ?? '');
    // A directory above it may have been removed.
    for (const backend of this.#loops.backends) if (backend.startsWith(`${path}/`)) this.#changed(backend);
  }

  /** Reads the backend's path from the frontend's keys. */
  #enqueueFrontend(frontend: string, domain: number, number: string): void {
    void this.#read(`${frontend}/backend`).then((backend) => {
      const type = BACKEND.exec(backend)?.[2];
      if (type !== undefined && kinds[type] !== undefined) this.#enqueue({ backend, type, domain, number });
    });
  }

  #enqueue(named: Omit<Device, 'frontend'>): void {
    const step = async () => {
      const frontend = await this.#read(`${named.backend}/frontend`);
      const kind = kinds[named.type];
      if (kind === undefined) return;
      const device = { ...named, frontend };
      if (kind.backend !== 'program') await this.#stepBackend(device, kind);
      if (frontend !== '') await this.#stepFrontend(device, kind);
      else this.#rings.delete(named.backend);
    };
    const before = this.#queues.get(named.backend) ?? Promise.resolve();
    const after = before.then(step).catch(() => {}); // the domain or xenstored is gone
    this.#queues.set(named.backend, after);
    void after.then(() => {
      if (this.#queues.get(named.backend) === after) this.#queues.delete(named.backend);
    });
  }

  async #stepBackend(device: Device, kind: DeviceKind): Promise<void> {
    const { backend, frontend } = device;
    const state = Number(await this.#read(`${backend}/state`));
    await this.#stepLoop(device, state);
    const other = frontend === '' ? 0 : Number(await this.#read(`${frontend}/state`));
    if (state === xenbusStates.initialising) {
      await this.#show(device);
      if (kind.onlyStates) this.#limits.meetDevice(device);
      await this.#write(backend, { ...kind.features, ...(device.type === 'vif' && { 'hotplug-status': '' }) }, false);
      await this.#setState(backend, state, xenbusStates.initWait);
      // A disk waits for the toolstack's script, which libxl starts after it has seen this state.
      if (device.type !== 'vbd') this.#waitingSince.set(backend, performance.now());
      return;
    }
    const isWaiting = state === xenbusStates.initWait || state === xenbusStates.initialised;
    if (isWaiting && other >= kind.said && other <= connected && (await this.#isPluggedIn(device))) {
      const left = (this.#waitingSince.get(backend) ?? Number.NEGATIVE_INFINITY) + SETTLE_MS - performance.now();
      if (left > 0) {
        this.#recheck(device, left);
        return;
      }
      this.#waitingSince.delete(backend);
      if (device.type === 'vbd') await this.#write(backend, await this.#diskFacts(backend), true);
      await this.#setState(backend, state, connected);
      return;
    }
    const isGone = other === xenbusStates.unknown || other >= xenbusStates.closing;
    if (state === xenbusStates.closing || (state === connected && isGone)) {
      await this.#hide(device);
      await this.#setState(backend, state, xenbusStates.closed);
    }
  }

  /** Takes the loop device of a disk once the toolstack's script has made it (key `node`); gives it up when the backend is gone. */
  async #stepLoop({ backend, type }: Device, state: number): Promise<void> {
    if (type !== 'vbd') return;
    if (state === xenbusStates.unknown) await this.#loops.release(backend, false);
    else if (state <= connected) {
      const node = await this.#read(`${backend}/node`);
      if (LOOP.test(node)) await this.#loops.hold(backend, this.#view(node));
    }
  }

  /** The toolstack's script has connected the backend to the host's disk or bridge. */
  async #isPluggedIn({ backend, type }: Device): Promise<boolean> {
    if (type === 'vbd') return (await this.#read(`${backend}/physical-device`)) !== '';
    return true;
  }

  async #diskFacts(backend: string): Promise<Record<string, string>> {
    const [path, mode] = [await this.#read(`${backend}/params`), await this.#read(`${backend}/mode`)];
    const sectors = Number(await this.#read(`${backend}/sectors`)) || sectorsOf(this.#view(path));
    return {
      sectors: String(sectors),
      info: mode === 'r' ? '4' : '0',
      'sector-size': String(SECTOR_BYTES),
      'physical-sector-size': String(SECTOR_BYTES),
    };
  }

  async #stepFrontend(device: Device, kind: DeviceKind): Promise<void> {
    const { backend, frontend, domain } = device;
    const state = Number(await this.#read(`${frontend}/state`));
    const other = Number(await this.#read(`${backend}/state`));
    if (state === xenbusStates.initialising && other === xenbusStates.initWait) {
      const runs = await this.#hypervisor.guestRuns(domain);
      if (runs === false) this.#recheck(device); // a paused guest's kernel does nothing until it is unpaused
      if (runs !== true) return;
      const rings = kind.rings.length === 0 ? undefined : await this.#hypervisor.shareRings(domain, kind.rings.length);
      if (kind.rings.length > 0 && rings === undefined) return;
      if (rings !== undefined) this.#rings.set(backend, rings);
      const references = Object.fromEntries(
        kind.rings.map((key, index) => [key, String(rings?.references[index] ?? 0)]),
      );
      const port = rings === undefined ? {} : { 'event-channel': String(rings.port) };
      await this.#write(frontend, { ...references, ...port, ...kind.answers }, true);
      await this.#setState(frontend, state, kind.said);
    } else if (state === initialised && other === connected) {
      await this.#setState(frontend, state, connected);
    } else if (other >= xenbusStates.closing && state !== xenbusStates.closed && state !== xenbusStates.unknown) {
      await this.#setState(frontend, state, xenbusStates.closed);
    }
    const rings = this.#rings.get(backend);
    if (rings === undefined || (other !== xenbusStates.closed && other !== xenbusStates.unknown)) return;
    this.#rings.delete(backend);
    await this.#hypervisor.orderGuest(domain, { kind: 'end-rings', rings });
  }

  #recheck(device: Device, delay = PAUSED_MS): void {
    setTimeout(() => this.#enqueue(device), delay).unref();
  }

  async #show(device: Device): Promise<void> {
    const setup =
      device.type === 'vif' ? await interfaceSetup((key) => this.#read(`${device.backend}/${key}`)) : undefined;
    this.#sysfs.add(device, trafficOf(this.#scenario, device), setup);
    if (device.type === 'vif') await this.#hypervisor.showInterfaces(this.#sysfs.interfaces);
  }

  async #hide(device: Device): Promise<void> {
    this.#waitingSince.delete(device.backend);
    this.#sysfs.remove(device);
    await this.#loops.release(device.backend, true);
    if (device.type === 'vif') await this.#hypervisor.showInterfaces(this.#sysfs.interfaces);
  }

  /** The value, or "" if there is none. */
  async #read(path: string): Promise<string> {
    return this.#client.read(path).catch(() => '');
  }

  /** Writes keys below a path; without `all`, only those that do not exist yet. */
  async #write(path: string, entries: Readonly<Record<string, string>>, all: boolean): Promise<void> {
    for (const [key, value] of Object.entries(entries)) {
      if (value !== '' && (all || (await this.#read(`${path}/${key}`)) === ''))
        await this.#client.write(`${path}/${key}`, value);
    }
  }

  /** Leaves a state that has changed meanwhile: the toolstack may have asked for the device's end, or removed it. */
  async #setState(path: string, from: number, to: number): Promise<void> {
    await this.#client.swap(`${path}/state`, String(from), String(to));
  }
}
