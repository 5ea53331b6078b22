import { say } from '../../language/say.ts';
import type { Answer, FailedCall } from '../failure.ts';

const LEVELS = ['error', 'warning', 'info', 'debug'];

/** The call printed something that the log level kept out of the ring. */
export function hiddenOutput({ hidden, hypervisor }: FailedCall): Answer | undefined {
  if (hidden === undefined) return undefined;
  const { text, level, guest, releaseBuild } = hidden;
  if (releaseBuild !== undefined) {
    return {
      cause: 'hidden-output',
      xen: say(
        'a release build (NDEBUG), such as the distributions ship, contains no dprintk, gdprintk or ASSERT; a debug build prints them.',
      ),
      why: say('{releaseBuild} prints nothing: "{text}"', { releaseBuild, text: text.trimEnd() }),
      change: say('print it with printk or gprintk, or build your Xen with debug=y'),
    };
  }
  const option = guest ? 'guest_loglvl' : 'loglvl';
  const { upper } = guest ? hypervisor.console.guest : hypervisor.console.xen;
  const shown = upper === 0 ? say('nothing') : say('up to {level}', { level: LEVELS[upper - 1] });
  return {
    cause: 'hidden-output',
    xen: say('a release build shows errors and warnings; printk with XENLOG_INFO or XENLOG_DEBUG needs {option}=all.', {
      option,
    }),
    why: say('"{text}" was printed at level {level}, and {option} lets {shown} through', {
      text: text.trimEnd(),
      level: LEVELS[level] ?? level,
      option,
      shown,
    }),
    change: say("start with --xen-cmdline '{option}=all', or print it without a level (a warning)", { option }),
  };
}
