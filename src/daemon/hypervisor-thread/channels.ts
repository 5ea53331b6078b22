import type { Ptracer } from '../../caller/ptracer.ts';
import type { PrivcmdWatch } from '../../drivers/privcmd/privcmd-file.ts';
import type { StoreLink } from '../../drivers/xenbus/store-link.ts';
import type { LogLevel } from '../protocol/settings.ts';
import type { Later } from '../transport/later.ts';
import type { RunningCode } from './running-code.ts';

/** The hypervisor's channels to the rest of this process: the main thread, and the transports. */
export interface Channels {
  log(level: LogLevel, message: string, fields?: Record<string, unknown>): void;
  /** Called when the user's code starts and ends. */
  code: RunningCode;
  /** Stops callers. */
  ptracer: Ptracer;
  /** Queues the rest of calls that were preempted. */
  later: Later;
  /** A file of the user's hypercalls is about to be loaded. */
  loading(file: string): void;
  /** Called when a privcmd file is opened or released; absent if FUSE is the only transport. */
  watch?: PrivcmdWatch;
  /** The connection to xenstored. */
  store: StoreLink;
}
