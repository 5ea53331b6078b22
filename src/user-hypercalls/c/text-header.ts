// Generates the part of Fauxen's headers that depends on a text's own definitions.

import { blank } from './blank.ts';
import { publicTypes } from './public-types.ts';

/** Types that have a guest handle in Xen's own headers, in some release. */
const handleTypes =
  'char uchar short int uint long ulong void u8 u16 u32 u64 uint8_t uint16_t uint32_t uint64_t int8_t int16_t int32_t int64_t size_t ' +
  'domid_t xen_pfn_t xen_ulong_t grant_ref_t evtchn_port_t';
const spelledTypes = {
  unsigned_char: 'unsigned char',
  unsigned_int: 'unsigned int',
  unsigned_long: 'unsigned long',
  // Up to 4.2.
  uint8: 'uint8_t',
  uint16: 'uint16_t',
  uint32: 'uint32_t',
  uint64: 'uint64_t',
};

/** C to be included after fauxen.h, before the text. */
export function textHeader(text: string): string {
  const code = blank(text);
  return xsmHooks(code) + usedVariables(code) + guestHandles(code) + publicTypes(code);
}

/** A macro for each XSM hook that the text calls and does not define itself (include/fauxen/xsm.h). */
function xsmHooks(text: string): string {
  const called = new Set([...text.matchAll(/\b(xsm_(?!default_)\w+)\s*\(/g)].map(([, name = '']) => name));
  const own = [...called].filter((name) =>
    new RegExp(`(?:^\\s*#\\s*define|\\bint|\\blong|\\bvoid)\\s+${name}\\b`, 'm').test(text),
  );
  const hooks = [...called].filter((name) => !own.includes(name));
  return hooks.map((name) => `#define ${name}(args...) FAUXEN_XSM(args)\n`).join('');
}

/** The variables for domain 0 are set before each hypercall of a file that uses them. */
function usedVariables(text: string): string {
  return /\b(hardware_domain|dom0)\b/.test(text) ? '#define FAUXEN_USES_HARDWARE_DOMAIN 1\n' : '';
}

/** The guest handles that the text does not define. */
function guestHandles(text: string): string {
  const own = new Set([...text.matchAll(/DEFINE_XEN_GUEST_HANDLE\s*\(\s*(\w+)/g)].map(([, name]) => name));
  const plain = handleTypes.split(' ').map((type) => [type, type] as const);
  return [...plain, ...Object.entries(spelledTypes)]
    .filter(([name]) => !own.has(name))
    .map(([name, type]) => `__DEFINE_XEN_GUEST_HANDLE(${name}, ${type});\n`)
    .join('');
}
