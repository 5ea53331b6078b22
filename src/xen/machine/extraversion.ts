import type { BuildInfo } from './machine.ts';

/** The suffix of the version of each Xen that data/real-xen was recorded from. */
const recorded: Readonly<Record<string, string>> = { '4.14': '.6', '4.17': '.7', '4.20': '.5-pre' };

/** The part of Xen's version after the release, such as `.7` in 4.17.7. For a release without a recording it is `.0`. */
export const extraversion = (build: BuildInfo, release: string) => build.extraversion ?? recorded[release] ?? '.0';
