import type { BuildInfo } from './machine.ts';

/** What the Xens that data/real-xen was recorded from put after their release. */
const recorded: Readonly<Record<string, string>> = { '4.14': '.6', '4.17': '.7', '4.20': '.5-pre' };

/** What follows the release in Xen's version, such as `.7` in 4.17.7. Of a release without a recording it is its first, `.0`. */
export const extraversion = (build: BuildInfo, release: string) => build.extraversion ?? recorded[release] ?? '.0';
