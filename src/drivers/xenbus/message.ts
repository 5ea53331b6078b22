// xenstore's messages (libxen-dev's <xen/io/xs_wire.h>): four little-endian words, then the payload.

import { errno } from '../../xen/errno.ts';

/** Size of struct xsd_sockmsg. */
export const HEADER = 16;

/** Offsets in it. */
export const at = { type: 0, request: 4, transaction: 8, length: 12 } as const;

/** The XS_* message types that are handled or sent. */
export const messageTypes = {
  read: 2,
  watch: 4,
  unwatch: 5,
  transactionStart: 6,
  transactionEnd: 7,
  introduce: 8,
  write: 11,
  remove: 13,
  watchEvent: 15,
  error: 16,
} as const;

export interface Message {
  type: number;
  request: number;
  transaction: number;
  payload: Uint8Array;
}

export function encode({ type, request, transaction, payload }: Message): Uint8Array {
  const bytes = new Uint8Array(HEADER + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(at.type, type, true);
  view.setUint32(at.request, request, true);
  view.setUint32(at.transaction, transaction, true);
  view.setUint32(at.length, payload.length, true);
  bytes.set(payload, HEADER);
  return bytes;
}

/** Decodes the message at the start of `bytes`, which must be complete. The payload is a view into `bytes`. */
export function decode(bytes: Uint8Array): Message {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return {
    type: view.getUint32(at.type, true),
    request: view.getUint32(at.request, true),
    transaction: view.getUint32(at.transaction, true),
    payload: bytes.subarray(HEADER, HEADER + view.getUint32(at.length, true)),
  };
}

/** Encodes strings as a payload, each with its NUL. Each character is one byte, in the client's own encoding. */
export function strings(...texts: string[]): Uint8Array {
  return Buffer.from(texts.map((text) => `${text}\0`).join(''), 'latin1');
}

/** Decodes a payload of strings. */
export function textOf(payload: Uint8Array): string {
  return Buffer.from(payload.buffer, payload.byteOffset, payload.length).toString('latin1');
}

/** The errno that an XS_ERROR names; EINVAL for an unknown name, as in Linux. */
export function errorOf(payload: Uint8Array): number {
  const name = textOf(payload).replace(/\0.*$/s, '');
  return Object.hasOwn(errno, name) ? errno[name as keyof typeof errno] : errno.EINVAL; // hasOwn has checked it
}
