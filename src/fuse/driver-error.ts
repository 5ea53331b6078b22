import { constants } from 'node:os';

const { EIO, ENOSYS, EOPNOTSUPP } = constants.errno;

/**
 * Converts a driver's -errno to one that is safe to send. ENOSYS would make the kernel stop sending that operation for the whole mount, so
 * it becomes EOPNOTSUPP. Invalid numbers become EIO: the kernel refuses -512 and below, and the caller would wait forever.
 */
export function driverError(status: number): number {
  if (status === -ENOSYS) return -EOPNOTSUPP;
  return Number.isInteger(status) && status < 0 && status > -512 ? status : -EIO;
}
