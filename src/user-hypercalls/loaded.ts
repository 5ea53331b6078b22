import { resolve } from 'node:path';
import { XENLOG_ERR, XENLOG_WARNING } from '../xen/console/console.ts';
import type { Hypervisor } from '../xen/hypervisor.ts';
import type { UserHypercall } from './define.ts';
import { checkUnique, LoadError, loadHypercalls } from './load.ts';
import { type HandlerFailure, userRow } from './row.ts';

export interface LoadedOptions {
  hypervisor: Hypervisor;
  /** Hears of each exception in a handler. */
  onFailure: HandlerFailure;
  /** Where the same is said as in dmesg: the log. */
  say?(level: 'info' | 'error', text: string): void;
}

/** The user's files as they are in the hypercall table, each replaced as a whole when it changes. */
export class LoadedHypercalls {
  private readonly hypervisor: Hypervisor;
  private readonly onFailure: HandlerFailure;
  private readonly say: (level: 'info' | 'error', text: string) => void;
  private readonly byFile = new Map<string, readonly UserHypercall[]>();

  constructor(options: LoadedOptions) {
    this.hypervisor = options.hypervisor;
    this.onFailure = options.onFailure;
    this.say = options.say ?? (() => {});
  }

  /** Absolute paths, in the order given. */
  get files(): string[] {
    return [...this.byFile.keys()];
  }

  /** Loads the files of the command line; nothing is installed if one of them is wrong. Throws LoadError. */
  load(files: readonly string[]): void {
    const loaded = new Map(files.map((file) => [resolve(file), loadHypercalls(file)]));
    checkUnique([...loaded.values()].flat());
    for (const [file, hypercalls] of loaded) this.put(file, hypercalls);
  }

  /**
   * Puts what a file says now in the place of what it said before, or keeps that if the file cannot be loaded, and says
   * which in dmesg. Call it between two hypercalls. Whether it was loaded.
   */
  reload(path: string): boolean {
    const file = resolve(path);
    let hypercalls: UserHypercall[];
    try {
      hypercalls = loadHypercalls(file);
      const others = [...this.byFile].filter(([other]) => other !== file).flatMap(([, each]) => each);
      checkUnique([...others, ...hypercalls]);
    } catch (error) {
      // Whatever it is, the hypervisor goes on.
      const reason = error instanceof LoadError ? error.message : `${file}: ${error}`;
      this.tell('error', `not reloaded, the old one goes on: ${reason}`);
      return false;
    }
    for (const { number } of this.byFile.get(file) ?? []) this.hypervisor.uninstall(number);
    this.put(file, hypercalls);
    this.tell('info', `reloaded ${file}: ${hypercalls.map((each) => `${each.name} (${each.number})`).join(', ')}`);
    return true;
  }

  private put(file: string, hypercalls: readonly UserHypercall[]): void {
    this.byFile.set(file, hypercalls);
    for (const each of hypercalls) this.hypervisor.install(userRow(each, this.onFailure));
  }

  private tell(level: 'info' | 'error', text: string): void {
    const mark = level === 'error' ? XENLOG_ERR : XENLOG_WARNING; // a release build's thresholds show both
    this.hypervisor.console.printk(`${mark}fauxen: ${text}\n`);
    this.say(level, text);
  }
}
