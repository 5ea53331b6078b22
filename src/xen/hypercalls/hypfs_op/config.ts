import type { Abi } from '../../abi/abi.ts';

/** Bytes of the compressed configuration, recorded: ours is padded to that. Other releases have the nearest one's. */
const blobBytes: readonly (readonly [minor: number, bytes: number])[] = [
  [14, 806],
  [17, 977],
  [20, 1091],
];
const GZIP_HEADER = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];
const OVERHEAD = GZIP_HEADER.length + 5 + 8;

const text = `# The configuration of a simulated Xen, as far as the model follows one.
CONFIG_X86_64=y
CONFIG_X86=y
CONFIG_PV=y
CONFIG_HVM=y
CONFIG_SHADOW_PAGING=y
CONFIG_GRANT_TABLE=y
CONFIG_HYPFS=y
CONFIG_HYPFS_CONFIG=y
CONFIG_KEXEC=y
CONFIG_LIVEPATCH=y
CONFIG_SCHED_CREDIT=y
CONFIG_SCHED_CREDIT2=y
CONFIG_SCHED_RTDS=y
CONFIG_SCHED_NULL=y
# CONFIG_ARGO is not set
# CONFIG_XSM is not set
# CONFIG_DEBUG is not set
# CONFIG_COVERAGE is not set
# CONFIG_PERF_COUNTERS is not set
`;

/** /buildinfo/config: gzip with one stored block, since the model needs no compressor. */
export function configBlob({ minor }: Pick<Abi, 'minor'>): Uint8Array {
  const bytes = blobBytes.findLast(([from]) => from <= minor)?.[1] ?? 806;
  const room = bytes - OVERHEAD - 1;
  const content = new TextEncoder().encode(text.padEnd(room, '#')).slice(0, room);
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
