/** What a guest's device has moved, which grows with time. */
export interface Traffic {
  /** Bytes a second: what the guest receives or reads, and what it sends or writes. */
  readonly incoming: number;
  readonly outgoing: number;
  /** The time (Date.now()) at which all counts were 0. */
  readonly since: number;
}

/** What dom0 has counted of a network interface. */
export interface NetworkCounts {
  readonly receivedBytes: number;
  readonly receivedPackets: number;
  readonly sentBytes: number;
  readonly sentPackets: number;
}

/** A network interface of dom0's kernel: a guest's interface, or a bridge, which all traffic of its interfaces passes. */
export interface NetworkInterface {
  readonly name: string;
  /** Of one vif; of a bridge, that of each vif on it. */
  readonly traffic: readonly Traffic[];
  /** Of a bridge: the counts of removed interfaces. */
  readonly before: NetworkCounts;
}

export const NO_COUNTS: NetworkCounts = { receivedBytes: 0, receivedPackets: 0, sentBytes: 0, sentPackets: 0 };

/** Bytes of a large packet, as most bytes travel in. */
const PACKET_BYTES = 1448;
/** What a guest's kernel sends when it brings its network interface up: router solicitations and reports of multicast listeners. */
const FIRST = { packets: 6, bytes: 508 };

/** Counts of a network interface at a time, as dom0 sees it: it receives what the guest sends. */
export function networkCounts({ traffic, before }: Omit<NetworkInterface, 'name'>, now: number): NetworkCounts {
  return traffic.reduce((sum, { incoming, outgoing, since }) => {
    const seconds = Math.max(0, now - since) / 1000;
    const [received, sent] = [Math.floor(outgoing * seconds), Math.floor(incoming * seconds)];
    return {
      receivedBytes: sum.receivedBytes + FIRST.bytes + received,
      receivedPackets: sum.receivedPackets + FIRST.packets + Math.ceil(received / PACKET_BYTES),
      sentBytes: sum.sentBytes + sent,
      sentPackets: sum.sentPackets + Math.ceil(sent / PACKET_BYTES),
    };
  }, before);
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
