import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { diskCounts, type NetworkInterface, networkCounts, type Traffic } from '../protocol/traffic.ts';

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
/** Files of a network interface's statistics directory that monitoring programs read. */
const NET_COUNTERS = ['bytes', 'packets', 'errors', 'dropped'].flatMap((name) => [`rx_${name}`, `tx_${name}`]);
/** Files of a network interface of xen-netback; its address is the same for all. */
const NET_FILES = { address: 'fe:ff:ff:ff:ff:ff', mtu: '1500', operstate: 'up', type: '1', flags: '0x1003' };

/** The files of dom0's backends in /sys. The backends transfer no data: counters grow by the rates that the scenario gives. */
export class DeviceSysfs {
  readonly #view: (path: string) => string;
  readonly #interfaces = new Map<string, NetworkInterface>();
  readonly #disks = new Map<string, Traffic>();
  /** The bridge that appears because of a card. */
  readonly #bridges = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;

  /** `view`: the path through which this process reaches a file of dom0. */
  constructor(view: (path: string) => string) {
    this.#view = view;
  }

  get interfaces(): readonly NetworkInterface[] {
    return [...this.#interfaces.values()];
  }

  /** `bridge`: of a network card; "" if it is on none. */
  add(device: SysfsDevice, traffic: Traffic, bridge: string): void {
    const { type, backend } = device;
    const files = { nodename: backend.replace('/local/domain/0/', ''), devtype: type };
    this.#make(backendFolder(device), files, DISK_COUNTERS);
    if (type === 'vbd') this.#disks.set(backendFolder(device), traffic);
    if (type === 'vif') {
      const name = interfaceName(device);
      this.#interfaces.set(name, { name, ...traffic });
      this.#make(interfaceFolder(name), NET_FILES, NET_COUNTERS);
      if (bridge !== '') this.#addBridge(name, bridge);
    }
    this.#count();
    if (traffic.incoming + traffic.outgoing > 0) this.#timer ??= setInterval(() => this.#count(), COUNT_MS).unref();
  }

  remove(device: SysfsDevice): void {
    this.#remove(backendFolder(device));
    this.#disks.delete(backendFolder(device));
    if (device.type !== 'vif') return;
    const name = interfaceName(device);
    this.#interfaces.delete(name);
    this.#remove(interfaceFolder(name));
    const bridge = this.#bridges.get(name);
    this.#bridges.delete(name);
    if (bridge === undefined || [...this.#bridges.values()].includes(bridge)) return;
    this.#interfaces.delete(bridge);
    this.#remove(interfaceFolder(bridge));
  }

  /** Makes the bridge appear, unless the machine has it: libxenstat counts cards only where it finds one. */
  #addBridge(card: string, bridge: string): void {
    if (!this.#interfaces.has(bridge) && existsSync(this.#view(interfaceFolder(bridge)))) return;
    this.#bridges.set(card, bridge);
    if (this.#interfaces.has(bridge)) return;
    this.#interfaces.set(bridge, { name: bridge, incoming: 0, outgoing: 0, since: Date.now() });
    this.#make(interfaceFolder(bridge), NET_FILES, NET_COUNTERS);
    this.#make(`${interfaceFolder(bridge)}/bridge`, { stp_state: '0' }, []);
  }

  /** Writes the counters of now. */
  #count(): void {
    const now = Date.now();
    for (const [name, traffic] of this.#interfaces) {
      const { receivedBytes, receivedPackets, sentBytes, sentPackets } = networkCounts(traffic, now);
      const counters = {
        rx_bytes: receivedBytes,
        rx_packets: receivedPackets,
        tx_bytes: sentBytes,
        tx_packets: sentPackets,
      };
      this.#write(`${interfaceFolder(name)}/statistics`, counters);
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
      // The view is going.
    }
  }

  #remove(folder: string): void {
    try {
      rmSync(this.#view(folder), { recursive: true, force: true });
    } catch {
      // The view is going.
    }
  }
}

const backendFolder = ({ type, domain, number }: SysfsDevice) =>
  `/sys/bus/xen-backend/devices/${type}-${domain}-${number}`;
const interfaceName = ({ domain, number }: SysfsDevice) => `vif${domain}.${number}`;
const interfaceFolder = (name: string) => `/sys/class/net/${name}`;
