/** The code of an error that Node.js threw (ENOENT, ERR_WORKER_OUT_OF_MEMORY); undefined for any other error. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** -errno of a failed system call of Node.js; undefined for any other error. */
export function errorNumber(error: unknown): number | undefined {
  return error instanceof Error && 'errno' in error && typeof error.errno === 'number' ? error.errno : undefined;
}
