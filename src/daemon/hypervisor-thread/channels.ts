import type { PrivcmdWatch } from '../../drivers/privcmd/privcmd-file.ts';
import type { StoreLink } from '../../drivers/xenbus/store-link.ts';
import type { LogLevel } from '../protocol/settings.ts';
import type { Later } from '../transport/later.ts';
import type { RunningCode } from './running-code.ts';

/** How the hypervisor reaches the rest of this process: the main thread, and what serves its callers. */
export interface Channels {
  log(level: LogLevel, message: string, fields?: Record<string, unknown>): void;
  /** One word, odd while a copy from or to a caller takes place. */
  copying: Int32Array;
  /** Told when code of the user's runs. */
  code: RunningCode;
  /** Takes what is left of calls that gave way to others. */
  later: Later;
  /** A file of the user's hypercalls is about to be loaded. */
  loading(file: string): void;
  /** Told of what happens to descriptors of privcmd: absent where FUSE is the only way in. */
  watch?: PrivcmdWatch;
  /** The way to xenstored. */
  store: StoreLink;
}
