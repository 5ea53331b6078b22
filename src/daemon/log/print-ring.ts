import { say } from '../../language/say.ts';
import { writeAll } from './write-all.ts';

/** Prints the bytes of a console ring to stderr; undefined: the hypervisor did not answer. */
export function printRing(ring: Uint8Array | undefined): void {
  printText(ring ?? `fauxen: ${say('the hypervisor does not answer, so its ring cannot be shown')}\n`);
}

/** Prints a text to stderr. Ignores write errors (a full disk, a closed pipe): they do not change the exit status. */
export function printText(text: string | Uint8Array): void {
  try {
    if (text.length > 0) writeAll(2, text);
  } catch {
    // nowhere to report it
  }
}
