// What a release of Xen has where a hypercall is added: facts, made by scripts/generate/hypercall-tables.ts.

import type { XenVersion } from '../../xen/abi/abi.ts';
import data from './data/releases.ts';

export interface ReleaseFacts {
  /** NR_hypercalls. */
  limit: number;
  /** By file and label: the entries in their order, as tokenText() writes them. */
  tables: Record<string, Record<string, string[]>>;
  /** Functions that choose by a command: where they are, and the labels of their cases. */
  dispatchers: Record<string, { file: string; cases: string[] }>;
  /** Headers by the name that an #include gives. */
  headers: string[];
}

const facts = data as Record<XenVersion, ReleaseFacts>; // what the generator writes

export function releaseFacts(version: XenVersion): ReleaseFacts {
  return facts[version];
}
