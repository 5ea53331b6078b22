import type { Abi } from '../../abi/abi.ts';
import { behaves } from '../../abi/behaviour.ts';
import { valueOfRelease } from '../../abi/value-of-release.ts';

type Release = Pick<Abi, 'major' | 'minor'>;

const GZIP_HEADER = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];
const OVERHEAD = GZIP_HEADER.length + 5 + 8;

/** The options that the model follows, as in the builds of Debian: each is on, explicitly off, or not mentioned. */
function textOf(abi: Release): string {
  const on = ['X86_64', 'X86', 'PV', 'HVM', 'GRANT_TABLE', 'HYPFS', 'HYPFS_CONFIG', 'KEXEC', 'LIVEPATCH'];
  on.push('SCHED_CREDIT', 'SCHED_CREDIT2');
  if (behaves(abi, 'experimentalSchedulers')) on.push('SCHED_RTDS', 'SCHED_NULL');
  if (behaves(abi, 'oprofile')) on.push('XENOPROF');
  const off = ['PV32', 'XSM', 'DEBUG'];
  (behaves(abi, 'shadowPaging') ? on : off).push('SHADOW_PAGING');
  const lines = [...on.map((name) => `CONFIG_${name}=y`), ...off.map((name) => `# CONFIG_${name} is not set`)];
  return ['# The configuration of a simulated Xen, as far as the model follows one.', ...lines, ''].join('\n');
}

/** /buildinfo/config: gzip with one stored block, since the model needs no compressor; as long as the recorded one. */
export function configBlob(abi: Release): Uint8Array {
  const room = valueOfRelease(abi, 'configBytes') - OVERHEAD - 1;
  const content = new TextEncoder().encode(textOf(abi).padEnd(room, '#')).slice(0, room);
  const data = new Uint8Array([...content, 0x0a]);
  const blob = new Uint8Array(OVERHEAD + data.length);
  const view = new DataView(blob.buffer);
  blob.set(GZIP_HEADER);
  let at = GZIP_HEADER.length;
  view.setUint8(at, 1); // the last block, stored
  view.setUint16(at + 1, data.length, true);
  view.setUint16(at + 3, data.length ^ 0xffff, true);
  at += 5;
  blob.set(data, at);
  view.setUint32(at + data.length, crc32(data), true);
  view.setUint32(at + data.length + 4, data.length, true);
  return blob;
}

/** CRC-32 of gzip (polynomial 0xedb88320, reflected). */
function crc32(data: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}
