import { DOMID_FIRST_RESERVED, type GuestType } from '../../xen/domain/domain.ts';

/** A domain that programs are to be in: what `fauxen run --at` and `fauxen mount --join` ask of a running mount. */
export interface JoinRequest {
  readonly id: number;
  /** Absent: whatever it is; a new one is PV. */
  readonly type?: GuestType;
  /** Its privcmd makes hypercalls: the module parameter. */
  readonly unrestricted: boolean;
}

/** As the line that is written to `.fauxen/join`: `3 pvh unrestricted`. */
export function joinLine({ id, type, unrestricted }: JoinRequest): string {
  return `${[id, ...(type === undefined ? [] : [type]), ...(unrestricted ? ['unrestricted'] : [])].join(' ')}\n`;
}

/** Undefined where the text is no such line. */
export function parseJoin(text: string): JoinRequest | undefined {
  const [, digits, type, unrestricted] = /^(\d{1,5})(?: (pv|pvh))?( unrestricted)?\n?$/.exec(text) ?? [];
  const id = Number(digits ?? DOMID_FIRST_RESERVED);
  if (id >= DOMID_FIRST_RESERVED) return undefined;
  return { id, ...((type === 'pv' || type === 'pvh') && { type }), unrestricted: unrestricted !== undefined };
}
