import { libc } from '../../linux/libc.ts';
import '../../linux/signals.ts'; // what Daemon needs to stop its thread, loaded beforehand with this file

/** Ends the process although a thread hangs: process.exit() would wait for that thread. */
const libcExit: (status: number) => void = libc.func('void _exit(int status)');

export function endProcess(status: number): void {
  libcExit(status);
}
