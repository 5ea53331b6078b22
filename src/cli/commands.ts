// Each command is imported only when it is used, to keep start-up fast.

import type { Command } from './command.ts';

export interface Row {
  summary: string;
  load(): Promise<Command>;
}

export const commands: Record<string, Row> = {
  run: {
    summary: 'run a program that sees /proc/xen and /dev/xen',
    load: async () => (await import('./run.ts')).run,
  },
  mount: {
    summary: 'mount the files of /proc/xen in a directory',
    load: async () => (await import('./mount.ts')).mount,
  },
  trace: {
    summary: 'show the hypercalls of a running mount, as strace does',
    load: async () => (await import('./trace.ts')).trace,
  },
  new: {
    summary: 'write a hypercall of your own, and a program that calls it',
    load: async () => (await import('./new.ts')).newFile,
  },
  check: {
    summary: 'check hypercall files, and show what they add to the table',
    load: async () => (await import('./check.ts')).check,
  },
  lab: {
    summary: 'exercises, with an automatic check',
    load: async () => (await import('./lab.ts')).lab,
  },
  headers: {
    summary: 'write C headers for your hypercalls',
    load: async () => (await import('./headers.ts')).headers,
  },
  dmesg: {
    summary: "print Xen's console ring",
    load: async () => (await import('./dmesg.ts')).dmesg,
  },
  explain: {
    summary: 'explain why the last hypercalls failed',
    load: async () => (await import('./explain.ts')).explain,
  },
  completion: {
    summary: 'print a completion script for a shell',
    load: async () => (await import('./completion.ts')).completion,
  },
};
