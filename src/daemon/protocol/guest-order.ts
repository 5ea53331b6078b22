import type { DeviceRings } from '../../guests/device-ring.ts';

/** An order to a guest's kernel, which the toolstack wrote into xenstore. */
export type GuestOrder =
  /** Shut the domain down for a reason (SHUTDOWN_*). */
  | { kind: 'shutdown'; reason: number }
  /** Balloon the domain's memory to this many pages. */
  | { kind: 'balloon'; pages: number }
  /** Do one of the acts that its scenario describes. */
  | { kind: 'act'; index: number }
  /** Take back what a frontend shared with its backend. */
  | { kind: 'end-rings'; rings: DeviceRings }
  /** Bring a virtual CPU online or offline. */
  | { kind: 'vcpu'; vcpu: number; online: boolean };
