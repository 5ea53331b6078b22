import type { Ptracer } from '../../caller/ptracer.ts';
import type { Later } from '../transport/later.ts';
import type { SpinSetting } from '../transport/spin-setting.ts';
import type { HypervisorService } from './hypervisor-service.ts';
import type { MainLink } from './main-link.ts';
import type { SeccompPrivcmd } from './seccomp-privcmd.ts';

/** How requests reach this thread: through a mount, or without one. */
export interface Transport {
  /** Serves until it throws or the mount is gone. */
  begin(): void;
  /** Resumes serving after the user's code was cut off. */
  resume(): void;
}

/** What a transport connects. */
export interface ServingParts {
  readonly link: MainLink;
  /** protocol/shared-words.ts. */
  readonly words: Int32Array<SharedArrayBuffer>;
  readonly service: HypervisorService;
  readonly ptracer: Ptracer;
  readonly later: Later;
  readonly privcmd: SeccompPrivcmd;
  /** /dev/fuse, or NO_MOUNT. */
  readonly fuse: number;
  readonly spin: SpinSetting;
}
