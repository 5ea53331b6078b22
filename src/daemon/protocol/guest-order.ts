/** What a guest's kernel is to do, by what its toolstack wrote into xenstore. */
export type GuestOrder =
  /** It shuts the domain down for a reason (SHUTDOWN_*). */
  | { kind: 'shutdown'; reason: number }
  /** It gives memory back to Xen, or takes some, until it has so many pages. */
  | { kind: 'balloon'; pages: number }
  /** It takes a virtual CPU into use, or out of it. */
  | { kind: 'vcpu'; vcpu: number; online: boolean };
