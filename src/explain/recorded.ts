import { RECORDED_RELEASES, recordedAnswers } from './recorded-answers.ts';

/** What Xen answers before it looks at the command. */
const BEFORE_COMMAND: ReadonlySet<string> = new Set(['EACCES', 'EFAULT']);

/** The releases of a real Xen that were seen to give this errno for the operation ("domctl createdomain"), to dom0 or to a guest. */
export function releasesWith(operation: string, errno: string, fromGuest: boolean): readonly string[] {
  const own = recordedFor(operation, errno, fromGuest);
  const [hypercall = '', command] = operation.split(' ');
  if (own.length > 0 || command === undefined || !BEFORE_COMMAND.has(errno)) return own;
  return recordedFor(hypercall, errno, fromGuest);
}

function recordedFor(operation: string, errno: string, fromGuest: boolean): readonly string[] {
  const start = `\n${recordedAnswers}`.indexOf(`\n${operation}:`);
  if (start < 0) return [];
  const errnos = recordedAnswers.slice(start + operation.length + 1).split('\n', 1)[0] ?? '';
  for (const each of errnos.split(' ')) {
    const [, name, kind, bits] = /^(\w+)(?:([=@])(\d+))?$/.exec(each) ?? [];
    if (name !== errno || (kind === '@') !== fromGuest) continue;
    return RECORDED_RELEASES.filter((_, index) => bits === undefined || (Number(bits) & (1 << index)) !== 0);
  }
  return [];
}
