import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import {
  diskCounts,
  type NetworkCounts,
  type NetworkInterface,
  NO_COUNTS,
  networkCounts,
  type Traffic,
} from '../protocol/traffic.ts';
import type { InterfaceSetup } from './interface-setup.ts';

/** How often counters are written, in milliseconds: programs look at them once a second or less. */
const COUNT_MS = 250;

/** A backend in dom0's kernel. */
export interface SysfsDevice {
  readonly type: string;
  /** The guest, and the device's number in it. */
  readonly domain: number;
  readonly number: string;
  /** Its path in xenstore. */
  readonly backend: string;
}

/** Files of a disk's statistics directory (xen-blkback). */
const DISK_COUNTERS = ['oo_req', 'rd_req', 'wr_req', 'f_req', 'ds_req', 'rd_sect', 'wr_sect'];
/** Files of a network interface's statistics directory. */
const NET_COUNTERS = [
  'collisions',
  'multicast',
  ...['bytes', 'packets', 'errors', 'dropped', 'compressed', 'fifo_errors'].flatMap((name) => [
    `rx_${name}`,
    `tx_${name}`,
  ]),
  ...['crc', 'frame', 'length', 'missed', 'over'].map((name) => `rx_${name}_errors`),
  ...['aborted', 'carrier', 'heartbeat', 'window'].map((name) => `tx_${name}_errors`),
  'rx_nohandler',
];
/** Files of a network interface of xen-netback; its address is the same for all. */
const NET_FILES = {
  address: 'fe:ff:ff:ff:ff:ff',
  addr_len: '6',
  mtu: '1500',
  operstate: 'up',
  carrier: '1',
  dormant: '0',
  type: '1',
  flags: '0x1003',
  tx_queue_len: '32',
};
const BRIDGE_FILES = { ...NET_FILES, tx_queue_len: '1000' };
const BRIDGE_ID = '8000.feffffffffff';
/** Files of a bridge's own directory that brctl and monitoring programs read. */
const BRIDGE_STATE = {
  bridge_id: BRIDGE_ID,
  root_id: BRIDGE_ID,
  stp_state: '0',
  forward_delay: '0',
  ageing_time: '30000',
};
/** Interface numbers begin above those of the machine's own. */
const FIRST_INDEX = 1000;

/** The files of dom0's backends in /sys. The backends transfer no data: counters grow by the rates that the scenario gives. */
export class DeviceSysfs {
  readonly #view: (path: string) => string;
  readonly #vifs = new Map<string, NetworkInterface>();
  readonly #disks = new Map<string, Traffic>();
  /** Names of the network interfaces, by backend. */
  readonly #names = new Map<string, string>();
  /** The bridge that appears because of a vif. */
  readonly #bridgeOf = new Map<string, string>();
  /** Bridges that appeared, with the counts of removed interfaces. */
  readonly #bridges = new Map<string, NetworkCounts>();
  #timer: NodeJS.Timeout | undefined;
  #lastIndex = FIRST_INDEX - 1;

  /** `view`: the path through which this process reaches a file of dom0. */
  constructor(view: (path: string) => string) {
    this.#view = view;
  }

  get interfaces(): readonly NetworkInterface[] {
    const bridges = [...this.#bridges].map(([name, before]) => {
      const vifs = [...this.#vifs.values()].filter((vif) => this.#bridgeOf.get(vif.name) === name);
      return { name, traffic: vifs.flatMap(({ traffic }) => traffic), before };
    });
    return [...this.#vifs.values(), ...bridges];
  }

  /** `setup`: of a network interface. */
  add(device: SysfsDevice, traffic: Traffic, setup?: InterfaceSetup): void {
    const { type, backend } = device;
    const files = { nodename: backend.replace('/local/domain/0/', ''), devtype: type };
    this.#make(backendFolder(device), files, DISK_COUNTERS);
    if (type === 'vbd') this.#disks.set(backendFolder(device), traffic);
    if (type === 'vif') {
      const name = this.#freeName(setup?.name) ?? kernelName(device);
      this.#names.set(backend, name);
      this.#vifs.set(name, { name, traffic: [traffic], before: NO_COUNTS });
      this.#makeInterface(name, { ...NET_FILES, mtu: setup?.mtu || NET_FILES.mtu });
      if (setup !== undefined && setup.bridge !== '') this.#addBridge(name, setup.bridge);
    }
    this.#count();
    if (traffic.incoming + traffic.outgoing > 0) this.#timer ??= setInterval(() => this.#count(), COUNT_MS).unref();
  }

  remove(device: SysfsDevice): void {
    this.#remove(backendFolder(device));
    this.#disks.delete(backendFolder(device));
    const name = this.#names.get(device.backend);
    if (device.type !== 'vif' || name === undefined) return;
    this.#names.delete(device.backend);
    const vif = this.#vifs.get(name);
    this.#vifs.delete(name);
    this.#remove(interfaceFolder(name));
    const bridge = this.#bridgeOf.get(name) ?? '';
    const before = this.#bridges.get(bridge);
    this.#bridgeOf.delete(name);
    this.#remove(`${interfaceFolder(bridge)}/brif/${name}`);
    if (vif === undefined || before === undefined) return;
    if ([...this.#bridgeOf.values()].includes(bridge)) {
      this.#bridges.set(bridge, networkCounts({ traffic: vif.traffic, before }, Date.now()));
      return;
    }
    this.#bridges.delete(bridge);
    this.#remove(interfaceFolder(bridge));
  }

  /**
   * Makes the bridge appear, unless the machine has it: libxenstat counts network interfaces only if there is one. Its only ports are
   * these, so all that they move is from or to dom0, and the bridge counts it.
   */
  #addBridge(vif: string, bridge: string): void {
    if (!this.#bridges.has(bridge) && existsSync(this.#view(interfaceFolder(bridge)))) return;
    this.#bridgeOf.set(vif, bridge);
    const folder = interfaceFolder(bridge);
    if (!this.#bridges.has(bridge)) {
      this.#bridges.set(bridge, NO_COUNTS);
      this.#makeInterface(bridge, BRIDGE_FILES, 'DEVTYPE=bridge\n');
      this.#make(`${folder}/bridge`, BRIDGE_STATE, []);
      this.#make(`${folder}/brif`, {}, []);
    }
    const port = `${interfaceFolder(vif)}/brport`;
    this.#make(port, { state: '3', path_cost: '100', priority: '32' }, []);
    this.#link(`../../${bridge}`, `${port}/bridge`);
    this.#link(`../${bridge}`, `${interfaceFolder(vif)}/master`);
    this.#link(`../../${vif}/brport`, `${folder}/brif/${vif}`);
  }

  /** The name that a script gives an interface, unless another interface has it or Linux refuses it. */
  #freeName(name = ''): string | undefined {
    if (!/^(?!\.{1,2}$)[^\s/:]{1,15}$/.test(name) || existsSync(this.#view(interfaceFolder(name)))) return undefined;
    return name;
  }

  #makeInterface(name: string, files: Readonly<Record<string, string>>, type = ''): void {
    const index = String(++this.#lastIndex);
    const uevent = `${type}INTERFACE=${name}\nIFINDEX=${index}`;
    this.#make(interfaceFolder(name), { ...files, ifindex: index, iflink: index, uevent }, NET_COUNTERS);
  }

  #link(target: string, path: string): void {
    try {
      symlinkSync(target, this.#view(path));
    } catch {
      // The view is being removed.
    }
  }

  /** Writes the counters of now. */
  #count(): void {
    const now = Date.now();
    for (const one of this.interfaces) {
      const { receivedBytes, receivedPackets, sentBytes, sentPackets } = networkCounts(one, now);
      const counters = {
        rx_bytes: receivedBytes,
        rx_packets: receivedPackets,
        tx_bytes: sentBytes,
        tx_packets: sentPackets,
      };
      this.#write(`${interfaceFolder(one.name)}/statistics`, counters);
    }
    for (const [folder, traffic] of this.#disks) {
      const { readRequests, readSectors, writeRequests, writeSectors } = diskCounts(traffic, now);
      const counters = { rd_req: readRequests, rd_sect: readSectors, wr_req: writeRequests, wr_sect: writeSectors };
      this.#write(`${folder}/statistics`, counters);
    }
  }

  /** In place: a reader never finds an empty file. */
  #write(folder: string, counters: Readonly<Record<string, number>>): void {
    for (const [name, count] of Object.entries(counters)) {
      try {
        writeFileSync(this.#view(`${folder}/${name}`), `${count}\n`, { flag: 'r+' });
      } catch {
        return; // the view is going
      }
    }
  }

  #make(folder: string, files: Readonly<Record<string, string>>, counters: readonly string[]): void {
    const path = this.#view(folder);
    try {
      mkdirSync(counters.length > 0 ? `${path}/statistics` : path, { recursive: true });
      for (const [name, text] of Object.entries(files)) writeFileSync(`${path}/${name}`, `${text}\n`);
      for (const counter of counters) writeFileSync(`${path}/statistics/${counter}`, '0\n');
    } catch {
      // The view is being removed.
    }
  }

  #remove(folder: string): void {
    try {
      rmSync(this.#view(folder), { recursive: true, force: true });
    } catch {
      // The view is being removed.
    }
  }
}

const backendFolder = ({ type, domain, number }: SysfsDevice) =>
  `/sys/bus/xen-backend/devices/${type}-${domain}-${number}`;
/** The name that xen-netback gives an interface. */
const kernelName = ({ domain, number }: SysfsDevice) => `vif${domain}.${number}`;
const interfaceFolder = (name: string) => `/sys/class/net/${name}`;
