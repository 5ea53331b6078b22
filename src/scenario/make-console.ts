import type { BootInformation } from '../guests/boot-information.ts';
import type { Domain } from '../xen/domain.ts';

/** GNTTAB_RESERVED_CONSOLE: the grant through which dom0's xenconsoled reaches a domain's ring. */
const CONSOLE_GRANT = 0;
const DOM0 = 0;
/** Where libxl puts it in a translated domain: above its memory. */
const CONSOLE_GFN = 0xfefff;

/** The port that bootGuest leaves for xenconsoled: the second one, after xenstore's. */
export const CONSOLE_PORT = 2;

/** Gives a domain a console ring, granted to xenconsoled. Undefined if no page is left: a domain without a console. */
export function makeConsole({ memory, grants }: Domain): BootInformation | undefined {
  const mfn = memory.addSpecial();
  if (mfn === undefined) return undefined;
  const consoleFrame = memory.translated ? CONSOLE_GFN : mfn;
  if (memory.translated) memory.remap(CONSOLE_GFN, memory.specialPage(mfn));
  grants.grantAccess(CONSOLE_GRANT, DOM0, consoleFrame);
  return { consoleFrame, consolePort: CONSOLE_PORT, commandLine: '' };
}
