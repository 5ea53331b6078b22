import { libc } from '../../linux/libc.ts';
import '../../linux/signals.ts'; // Daemon needs it to stop its thread: preloaded together with this file

/** Ends the process even if a thread hangs: process.exit() would wait for that thread. */
const libcExit: (status: number) => void = libc.func('void _exit(int status)');

export function endProcess(status: number): void {
  libcExit(status);
}
