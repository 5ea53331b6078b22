/** enum xenbus_state (io/xenbus.h). */
export const xenbusStates = {
  unknown: 0,
  initialising: 1,
  initWait: 2,
  initialised: 3,
  connected: 4,
  closing: 5,
  closed: 6,
} as const;

/** What the drivers at both ends of a kind of device write. */
export interface DeviceKind {
  /** The backend: dom0's kernel, a daemon of dom0, of which only the states are simulated, or a real program such as QEMU. */
  readonly backend: 'kernel' | 'daemon' | 'program';
  /** Keys that the backend writes before it waits for its frontend. */
  readonly features: Readonly<Record<string, string>>;
  /** Pages of the frontend's rings, by the keys that name their grant references. */
  readonly rings: readonly string[];
  /** Other keys that the frontend writes. */
  readonly answers: Readonly<Record<string, string>>;
  /** The state in which a frontend has written all its keys. */
  readonly said: number;
  /** Only the states are simulated: neither counters nor a host's device. */
  readonly onlyStates?: true;
}

const { initialised, connected } = xenbusStates;

/** Modelled on Linux's blkback, netback, blkfront and netfront (drivers/block/xen-blkback, drivers/net/xen-netback). */
export const kinds: Readonly<Record<string, DeviceKind>> = {
  vbd: {
    backend: 'kernel',
    features: {
      'feature-max-indirect-segments': '256',
      'feature-discard': '0',
      'feature-flush-cache': '1',
      'feature-persistent': '1',
      'feature-barrier': '1',
      'multi-queue-max-queues': '1',
      'max-ring-page-order': '4',
    },
    rings: ['ring-ref'],
    answers: { protocol: 'x86_64-abi', 'feature-persistent': '1' },
    said: initialised,
  },
  qdisk: {
    backend: 'program',
    features: {},
    rings: ['ring-ref'],
    answers: { protocol: 'x86_64-abi', 'feature-persistent': '1' },
    said: initialised,
  },
  vif: {
    backend: 'kernel',
    features: {
      'feature-sg': '1',
      'feature-gso-tcpv4': '1',
      'feature-gso-tcpv6': '1',
      'feature-ipv6-csum-offload': '1',
      'feature-rx-copy': '1',
      'feature-rx-flip': '0',
      'feature-multicast-control': '1',
      'feature-dynamic-multicast-control': '1',
      'feature-split-event-channels': '1',
      'multi-queue-max-queues': '1',
      'feature-ctrl-ring': '1',
    },
    rings: ['tx-ring-ref', 'rx-ring-ref'],
    answers: {
      'request-rx-copy': '1',
      'feature-rx-notify': '1',
      'feature-sg': '1',
      'feature-gso-tcpv4': '1',
      'feature-gso-tcpv6': '1',
      'feature-ipv6-csum-offload': '1',
    },
    said: connected,
  },
  vscsi: { backend: 'kernel', features: {}, rings: [], answers: {}, said: initialised, onlyStates: true },
  vusb: { backend: 'kernel', features: {}, rings: [], answers: {}, said: initialised, onlyStates: true },
  pci: { backend: 'kernel', features: {}, rings: [], answers: {}, said: initialised, onlyStates: true },
  vtpm: { backend: 'daemon', features: {}, rings: ['ring-ref'], answers: {}, said: initialised, onlyStates: true },
  vinput: { backend: 'daemon', features: {}, rings: ['page-gref'], answers: {}, said: initialised, onlyStates: true },
  vdispl: { backend: 'daemon', features: {}, rings: [], answers: {}, said: initialised, onlyStates: true },
  vsnd: { backend: 'daemon', features: {}, rings: [], answers: {}, said: initialised, onlyStates: true },
};
