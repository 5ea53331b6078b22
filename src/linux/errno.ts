import { constants } from 'node:os';

/** Error numbers of this Linux, as Node.js was compiled with them. A system call returns them negated. */
export const { errno } = constants;

/** All error numbers are lower than this (MAX_ERRNO in linux/err.h, plus one). */
export const ERRNO_LIMIT = 4096;

/** Aliases of a number, which no message should use. */
const ALIASES = new Set(['EWOULDBLOCK', 'ENOTSUP']);

const nameOf = new Map(
  Object.entries(errno)
    .filter(([name]) => !ALIASES.has(name))
    .map(([name, number]) => [number, name]),
);

/** The name of an error number, given as 22 or as -22; the number itself as text if it has no name. */
export function errnoName(number: number): string {
  return nameOf.get(Math.abs(number)) ?? `errno ${Math.abs(number)}`;
}
