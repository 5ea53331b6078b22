// What a release of Xen has where a hypercall is added: facts, made by scripts/generate/hypercall-tables.ts.

import { type XenVersion, xenVersions } from '../../xen/abi/abi.ts';
import data from './data/releases.ts';

export interface ReleaseFacts {
  /** NR_hypercalls. */
  limit: number;
  /** By file and label: the entries in their order, as tokenText() writes them. */
  tables: Record<string, Record<string, string[]>>;
  /** Functions that switch on a command: their files, and the labels of their cases. */
  dispatchers: Record<string, { file: string; cases: string[] }>;
}

const { releases: facts, files } = data as {
  releases: Record<XenVersion, ReleaseFacts>;
  files: Record<string, [first: XenVersion, last: XenVersion]>;
}; // what the generator writes

/** Whether a release has a source file. */
export function hasFile(version: XenVersion, path: string): boolean {
  const [first, last] = files[path] ?? [];
  if (first === undefined || last === undefined) return false;
  const at = xenVersions.indexOf(version);
  return at >= xenVersions.indexOf(first) && at <= xenVersions.indexOf(last);
}

export function releaseFacts(version: XenVersion): ReleaseFacts {
  return facts[version];
}

/** The release whose tables a file of the patch belongs to: the given one, or the nearest that has such a file. */
export function releaseFor(version: XenVersion, path: string): ReleaseFacts {
  if (facts[version].tables[path] !== undefined) return facts[version];
  const at = xenVersions.indexOf(version);
  const near = xenVersions.filter((each) => facts[each].tables[path] !== undefined);
  near.sort((a, b) => Math.abs(xenVersions.indexOf(a) - at) - Math.abs(xenVersions.indexOf(b) - at));
  return near[0] === undefined ? facts[version] : facts[near[0]];
}
