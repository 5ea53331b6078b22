/** What a guest's device has moved, which grows with time. */
export interface Traffic {
  /** Bytes a second: what the guest receives or reads, and what it sends or writes. */
  readonly incoming: number;
  readonly outgoing: number;
  /** The time (Date.now()) at which all counts were 0. */
  readonly since: number;
}

/** A network interface of dom0's kernel for a guest's card. */
export interface NetworkInterface extends Traffic {
  readonly name: string;
}

/** Bytes of a large packet, as most bytes travel in. */
const PACKET_BYTES = 1448;
/** What a guest's kernel sends when it brings its card up: router solicitations and reports of multicast listeners. */
const FIRST = { packets: 6, bytes: 508 };

/** Counts of a network interface at a time, as dom0 sees it: it receives what the guest sends. */
export function networkCounts({ incoming, outgoing, since }: Traffic, now: number) {
  const seconds = Math.max(0, now - since) / 1000;
  const [received, sent] = [Math.floor(outgoing * seconds), Math.floor(incoming * seconds)];
  return {
    receivedBytes: FIRST.bytes + received,
    receivedPackets: FIRST.packets + Math.ceil(received / PACKET_BYTES),
    sentBytes: sent,
    sentPackets: Math.ceil(sent / PACKET_BYTES),
  };
}

const SECTOR_BYTES = 512;
/** Bytes of a request: eleven pages, the most without indirect segments. */
const REQUEST_BYTES = 45056;

/** Counts of a disk's backend at a time. */
export function diskCounts({ incoming, outgoing, since }: Traffic, now: number) {
  const seconds = Math.max(0, now - since) / 1000;
  const [read, written] = [Math.floor(incoming * seconds), Math.floor(outgoing * seconds)];
  return {
    readRequests: Math.ceil(read / REQUEST_BYTES),
    readSectors: Math.floor(read / SECTOR_BYTES),
    writeRequests: Math.ceil(written / REQUEST_BYTES),
    writeSectors: Math.floor(written / SECTOR_BYTES),
  };
}
