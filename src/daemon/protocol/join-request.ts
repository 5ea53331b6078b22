import { DOMID_FIRST_RESERVED, type GuestType } from '../../xen/domain/domain.ts';

/** The domain for programs that `fauxen run --at` and `fauxen mount --join` request from a running mount. */
export interface JoinRequest {
  readonly id: number;
  /** Absent: any type; a new domain is PV. */
  readonly type?: GuestType;
  /** Its privcmd may make hypercalls: the module parameter `unrestricted`. */
  readonly unrestricted: boolean;
}

/** Formats the line that is written to `.fauxen/join`: `3 pvh unrestricted`. */
export function joinLine({ id, type, unrestricted }: JoinRequest): string {
  return `${[id, ...(type === undefined ? [] : [type]), ...(unrestricted ? ['unrestricted'] : [])].join(' ')}\n`;
}

/** Parses such a line; undefined if the text is not one. */
export function parseJoin(text: string): JoinRequest | undefined {
  const [, digits, type, unrestricted] = /^(\d{1,5})(?: (pv|pvh))?( unrestricted)?\n?$/.exec(text) ?? [];
  const id = Number(digits ?? DOMID_FIRST_RESERVED);
  if (id >= DOMID_FIRST_RESERVED) return undefined;
  return { id, ...((type === 'pv' || type === 'pvh') && { type }), unrestricted: unrestricted !== undefined };
}
