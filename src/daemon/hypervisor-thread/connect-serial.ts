import { say } from '../../language/say.ts';
import type { Hypervisor } from '../../xen/hypervisor.ts';
import { openSerialLine } from '../log/serial-line.ts';
import { ringBytes } from './ring-bytes.ts';
import { SettingsError } from './settings-error.ts';

/** Copies the serial console to `path`, if given. Throws SettingsError if that cannot be opened. */
export function connectSerial(hypervisor: Hypervisor, path: string | undefined): void {
  if (path === undefined) return;
  try {
    const write = openSerialLine(path);
    // The boot messages were printed before the serial line was connected.
    write(ringBytes(hypervisor));
    hypervisor.console.onSerial.add(write);
  } catch (error) {
    throw new SettingsError(
      say('cannot open the serial line: {error}', { error: error instanceof Error ? error.message : error }),
    );
  }
}
