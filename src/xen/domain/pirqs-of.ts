import type { Domain } from './domain.ts';

/** The recorded machine gives dom0 416 interrupts. A guest may name the 24 of the IO-APIC and 32 for messages. */
const DOM0 = 416;
const GUEST = 24 + 32;

/** How many physical interrupts a domain may name. */
export const pirqsOf = ({ privileged }: Domain): number => (privileged ? DOM0 : GUEST);
