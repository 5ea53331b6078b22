import { constants } from 'node:os';

const { EIO, ENOSYS, EOPNOTSUPP } = constants.errno;

/**
 * A driver's -errno as the kernel may be told it. ENOSYS would make the kernel stop sending that operation for the whole
 * mount, so it becomes EOPNOTSUPP; what is no errno (the kernel refuses -512 and below, and would wait for ever) EIO.
 */
export function driverError(status: number): number {
  if (status === -ENOSYS) return -EOPNOTSUPP;
  return Number.isInteger(status) && status < 0 && status > -512 ? status : -EIO;
}
