import { constants } from 'node:fs';
import type { DirectoryNode, FileNode } from '../fuse/node.ts';
import type { Domain } from '../xen/domain/domain.ts';
import type { Hypervisor } from '../xen/hypervisor.ts';
import { extraversion } from '../xen/machine/extraversion.ts';
import type { Owner } from './dmesg.ts';
import { directory, openBytes, textFile } from './xenfs.ts';

const { S_IFREG } = constants;

/** SMBIOS structures: BIOS, system, chassis, and the end. */
const TYPE = { bios: 0, system: 1, chassis: 3, end: 127 } as const;
const WAKE_UP_POWER_SWITCH = 6;
const CHASSIS_OTHER = 1;

/**
 * How an HVM guest's firmware (hvmloader) describes the machine: `fields` as Linux decodes it in /sys/class/dmi/id, and `tables` as in
 * /sys/firmware/dmi/tables (SMBIOS 2.4).
 */
export function dmi(hypervisor: Hypervisor, domain: Domain, owner: Owner): DirectoryNode {
  const serial = domain.uuid;
  const line = (mode: number, value: () => string) => textFile(mode, () => `${value()}\n`, owner);
  const version = () => versionOf(hypervisor);
  const fields = directory(
    {
      bios_date: line(0o444, () => dateOf(hypervisor)),
      bios_vendor: line(0o444, () => 'Xen'),
      bios_version: line(0o444, version),
      chassis_type: line(0o444, () => String(CHASSIS_OTHER)),
      chassis_vendor: line(0o444, () => 'Xen'),
      product_name: line(0o444, () => 'HVM domU'),
      product_serial: line(0o400, () => serial),
      product_uuid: line(0o400, () => serial),
      product_version: line(0o444, version),
      sys_vendor: line(0o444, () => 'Xen'),
    },
    owner,
  );
  const table = () =>
    Buffer.concat([
      structure(TYPE.bios, 0, BIOS, ['Xen', version(), dateOf(hypervisor)]),
      structure(TYPE.system, 0x100, systemBytes(serial), ['Xen', 'HVM domU', version(), serial]),
      structure(TYPE.chassis, 0x300, Buffer.of(1, CHASSIS_OTHER, 0, 0, 0, 3, 3, 3, 3), ['Xen']),
      structure(TYPE.end, 0x7f00, Buffer.alloc(0), []),
    ]);
  const tables = directory(
    {
      smbios_entry_point: bytesFile(() => entryPoint(table()), owner),
      DMI: bytesFile(table, owner),
    },
    owner,
  );
  return directory({ fields, tables }, owner);
}

/** The version of the simulated Xen, such as 4.17.7. */
function versionOf({ abi, machine }: Hypervisor): string {
  return `${abi.version}${extraversion(machine.build, abi.version)}`;
}

/** Vendor, version, segment, date, size, characteristics (none set), releases: texts are given by their number. */
const BIOS = Buffer.from([1, 2, 0x00, 0xe8, 3, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0xff, 0xff, 0xff, 0xff]);

/** Strings by number, the UUID (its first three parts little-endian), and why the machine was switched on. */
function systemBytes(uuid: string): Buffer {
  const id = Buffer.from(uuid.replaceAll('-', ''), 'hex');
  id.subarray(0, 4).reverse();
  id.subarray(4, 6).reverse();
  id.subarray(6, 8).reverse();
  return Buffer.concat([Buffer.of(1, 2, 3, 4), id, Buffer.of(WAKE_UP_POWER_SWITCH, 0, 0)]);
}

/** Type, length, handle, fields; then its strings, each with a NUL, and another NUL. */
function structure(type: number, handle: number, fields: Buffer, strings: readonly string[]): Buffer {
  const head = Buffer.from([type, 4 + fields.length, handle & 0xff, handle >> 8]);
  const texts = strings.length === 0 ? '\0' : strings.map((text) => `${text}\0`).join('');
  return Buffer.concat([head, fields, Buffer.from(`${texts}\0`, 'latin1')]);
}

/** The entry point of SMBIOS 2.4, with both of its checksums. */
function entryPoint(table: Buffer): Buffer {
  const bytes = Buffer.alloc(31);
  bytes.write('_SM_', 0);
  bytes.set([31, 2, 4], 5);
  bytes.writeUInt16LE(table.length, 8); // the largest structure: no more than all
  bytes.write('_DMI_', 16);
  bytes.writeUInt16LE(table.length, 22);
  bytes.writeUInt32LE(0xf0000, 24);
  bytes.writeUInt16LE(Object.keys(TYPE).length, 28);
  bytes[30] = 0x24;
  bytes[21] = checksum(bytes.subarray(16));
  bytes[4] = checksum(bytes);
  return bytes;
}

/** The checksum byte: with it, the sum of all bytes is a multiple of 256. */
const checksum = (bytes: Buffer) => -bytes.reduce((sum, byte) => sum + byte, 0) & 0xff;

function bytesFile(content: () => Buffer, owner: Owner): FileNode {
  return {
    kind: 'file',
    attributes: () => ({ mode: S_IFREG | 0o400, size: content().length, ...owner }),
    open: () => openBytes(content()),
  };
}

/** The day on which Xen was built, as firmware writes it: 11/23/2026. */
function dateOf({ machine }: Hypervisor): string {
  const date = new Date(machine.build.compileDate);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${two(date.getUTCMonth() + 1)}/${two(date.getUTCDate())}/${date.getUTCFullYear()}`;
}
