import type { XenTools } from '../toolstack/find-tools.ts';

/** What the launcher is to do. */
export interface LaunchPlan {
  /** The program and its arguments. */
  command: string[];
  /** The launcher's descriptor of /dev/fuse, to be mounted in the private view ... */
  fuse?: number;
  /** ... or the absolute path of a `fauxen mount`. */
  at?: string;
  /** The launcher's end of the socket over which the seccomp door is arranged. */
  door?: number;
  /** Show /dev/xen. */
  devices: boolean;
  /** The process whose limit on open files the program gets: whoever started fauxen. */
  shell: number;
  /** Numbers of the signals that the program is to ignore. */
  ignored: number[];
  /** Set: end the program when this process, the launcher's parent, is gone. */
  dieWithParent?: number;
  /** Set: start a dom0's own daemons first, and write the private view's mount namespace to this descriptor. */
  toolstack?: { report: number; tools: XenTools; scenario?: string };
}
