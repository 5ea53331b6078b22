import type { Control } from '../protocol/messages.ts';

type Start = Extract<Control, { kind: 'start' }>;

let first: Start | undefined;

export function setFirstMessage(message: Start): void {
  first = message;
}

/** The settings and channels of this thread. */
export function firstMessage(): Start {
  if (first === undefined) throw new Error('the hypervisor thread has got no settings yet');
  return first;
}
