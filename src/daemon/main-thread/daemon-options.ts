import type { Log } from '../log/log.ts';
import type { Settings } from '../protocol/settings.ts';

export interface DaemonOptions {
  settings: Settings;
  /** An open /dev/fuse, mounted now or soon, or NO_MOUNT. The caller owns it and closes it with `closeFuse` after `ended`. */
  fuse: number;
  log: Log;
}
