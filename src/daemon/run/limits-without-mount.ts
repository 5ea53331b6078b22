import { say } from '../../language/say.ts';

/** The message before a program runs without a mount: the reason, and what does not work. `reason`: why nothing can be mounted. */
export function limitsWithoutMount(reason: string): string {
  return [
    say(
      'fauxen: no mount ({reason}): /proc/xen and /dev/xen exist for the program and what it starts, by seccomp alone.',
      { reason },
    ),
    say('fauxen: missing: setuid programs, other processes, gntdev, gntalloc, --toolstack (docs/containers.md).'),
    '',
  ].join('\n');
}
