import { c } from './c.ts';
import { commandLine } from './command-line.ts';
import { definitions } from './definitions.ts';
import { diff } from './diff.ts';
import { explain } from './explain.ts';
import { fault } from './fault.ts';
import { handlers } from './handlers.ts';
import { lab } from './lab.ts';
import { patch } from './patch.ts';
import { reasons } from './reasons.ts';
import { startAndEnd } from './start-and-end.ts';

/** English messages to Chinese ones. */
export const chinese = {
  ...c,
  ...commandLine,
  ...definitions,
  ...explain,
  ...fault,
  ...handlers,
  ...lab,
  ...diff,
  ...patch,
  ...reasons,
  ...startAndEnd,
} as const;
