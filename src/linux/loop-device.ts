import { addressOf, libc } from './libc.ts';

/** linux/loop.h: requests, the size of struct loop_info64, the place of its flags. */
const LOOP_SET_STATUS64 = 0x4c04;
const LOOP_GET_STATUS64 = 0x4c05;
const INFO_BYTES = 232;
const FLAGS = 52;
const LO_FLAGS_AUTOCLEAR = 4;

const libcIoctl = libc.func('int ioctl(int fd, unsigned long request, int64_t argument)');

/**
 * Sets whether the kernel detaches a loop device from its file as soon as nobody has the device open. Resolves to whether that succeeded.
 * Works on a thread of libuv's pool, since the kernel first waits until all requests to the device are done.
 */
export async function setAutoclear(fd: number, on: boolean): Promise<boolean> {
  const info = new DataView(new ArrayBuffer(INFO_BYTES));
  if (!(await call(fd, LOOP_GET_STATUS64, info))) return false;
  const flags = info.getUint32(FLAGS, true);
  info.setUint32(FLAGS, on ? flags | LO_FLAGS_AUTOCLEAR : flags & ~LO_FLAGS_AUTOCLEAR, true);
  return call(fd, LOOP_SET_STATUS64, info);
}

function call(fd: number, request: number, info: DataView): Promise<boolean> {
  return new Promise((resolve) => {
    libcIoctl.async(fd, request, addressOf(info), (error: Error | null, returned: number) => {
      resolve(error === null && returned >= 0 && info.byteLength > 0); // `info` is kept alive until here
    });
  });
}
