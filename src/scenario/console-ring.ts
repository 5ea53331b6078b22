import type { Domain } from '../xen/domain.ts';

/** GNTTAB_RESERVED_CONSOLE and _XENSTORE: the grants through which dom0's daemons reach a domain's rings. */
const CONSOLE_GRANT = 0;
const DOM0 = 0;
/** Where libxl puts it in a translated domain: above its memory. */
const CONSOLE_GFN = 0xfefff;
/** struct xencons_interface (io/console.h): the output's bytes and how many there are. */
const OUT = 1024;
const OUT_BYTES = 2048;
const OUT_PROD = 3084;

/** Puts a text into a domain's console ring, for xenconsoled to fetch. */
export function fillConsole(domain: Domain, text: string): void {
  const { memory, grants } = domain;
  const mfn = memory.addSpecial();
  if (mfn === undefined) return; // no page left: a domain without a console
  const bytes = new TextEncoder().encode(text.replace(/\r?\n/g, '\r\n')).subarray(0, OUT_BYTES);
  const page = memory.specialPage(mfn);
  const frame = memory.translated ? CONSOLE_GFN : mfn;
  if (memory.translated) memory.remap(CONSOLE_GFN, page);
  const produced = new Uint8Array(4);
  new DataView(produced.buffer).setUint32(0, bytes.length, true);
  memory.frames.write(page, OUT, bytes);
  memory.frames.write(page, OUT_PROD, produced);
  grants.grantAccess(CONSOLE_GRANT, DOM0, frame);
}

/** The port that bootGuest leaves for xenconsoled: the second one, after xenstore's. */
export const CONSOLE_PORT = 2;
