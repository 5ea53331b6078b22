import { explain } from './explain.ts';
import { handlers } from './handlers.ts';

/** English messages to Chinese ones. */
export const chinese = { ...explain, ...handlers } as const;
