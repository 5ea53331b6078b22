import type { BootInformation } from '../guests/boot-information.ts';
import type { Domain } from '../xen/domain/domain.ts';
import { addRing, CONSOLE_RING } from './rings.ts';

/** Gives a domain a console ring, granted to xenconsoled. Undefined if no page is left: the domain then has no console. */
export function makeConsole(domain: Domain): BootInformation | undefined {
  const consoleFrame = addRing(domain, CONSOLE_RING);
  return consoleFrame === undefined ? undefined : { consoleFrame, consolePort: CONSOLE_RING.port, commandLine: '' };
}
