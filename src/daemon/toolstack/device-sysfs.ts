import { mkdirSync, rmSync, writeFileSync } from 'node:fs';

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

/** The files of dom0's backends in /sys. Counters stay 0, since the backends transfer no data. */
export class DeviceSysfs {
  readonly #view: (path: string) => string;
  readonly #interfaces = new Set<string>();

  /** `view`: the path through which this process reaches a file of dom0. */
  constructor(view: (path: string) => string) {
    this.#view = view;
  }

  /** Names of the network interfaces. */
  get interfaces(): readonly string[] {
    return [...this.#interfaces];
  }

  add(device: SysfsDevice): void {
    const { type, backend } = device;
    const files = { nodename: backend.replace('/local/domain/0/', ''), devtype: type };
    this.#make(backendFolder(device), files, DISK_COUNTERS);
    if (type !== 'vif') return;
    this.#interfaces.add(interfaceName(device));
    this.#make(interfaceFolder(device), NET_FILES, NET_COUNTERS);
  }

  remove(device: SysfsDevice): void {
    this.#remove(backendFolder(device));
    if (device.type !== 'vif') return;
    this.#interfaces.delete(interfaceName(device));
    this.#remove(interfaceFolder(device));
  }

  #make(folder: string, files: Readonly<Record<string, string>>, counters: readonly string[]): void {
    const path = this.#view(folder);
    try {
      mkdirSync(`${path}/statistics`, { recursive: true });
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
const interfaceFolder = (device: SysfsDevice) => `/sys/class/net/${interfaceName(device)}`;
