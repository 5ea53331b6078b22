import { resolve } from 'node:path';
import { say } from '../language/say.ts';
import type { Hypercall } from '../xen/call/hypercall.ts';
import { XENLOG_ERR, XENLOG_WARNING } from '../xen/console/console.ts';
import { hypercallTable } from '../xen/hypercalls/table.ts';
import type { Hypervisor } from '../xen/hypervisor.ts';
import { type CodeWatch, unwatched } from './code-watch.ts';
import { checkUnique, isPatch, LoadError, type LoadedGroup, loadGroups } from './load.ts';
import { operationRow } from './operation-row.ts';
import { replaced } from './replaced.ts';
import { type HandlerFailure, userRow } from './row.ts';

export interface LoadedOptions {
  hypervisor: Hypervisor;
  /** Called for each exception in a handler. */
  onFailure: HandlerFailure;
  /** The log, which gets the same messages as dmesg. */
  say?(level: 'info' | 'warn' | 'error', text: string): void;
  /** Called when code of the files starts and ends. */
  watch?: CodeWatch;
}

/** The user's files in the hypercall table. When a file changes, all files of its group are replaced together. */
export class LoadedHypercalls {
  readonly #hypervisor: Hypervisor;
  readonly #onFailure: HandlerFailure;
  readonly #say: (level: 'info' | 'warn' | 'error', text: string) => void;
  readonly #watch: CodeWatch;
  #groups: LoadedGroup[] = [];
  /** Numbers whose rows were replaced. */
  readonly #installed = new Set<number>();

  constructor(options: LoadedOptions) {
    this.#hypervisor = options.hypervisor;
    this.#onFailure = options.onFailure;
    this.#say = options.say ?? (() => {});
    this.#watch = options.watch ?? unwatched;
  }

  /** Absolute paths, in the order given. */
  get files(): string[] {
    return this.#groups.flatMap(({ files }) => files);
  }

  /** Loads the files of the command line. Installs nothing if one of them has a mistake. Throws LoadError. */
  load(files: readonly string[]): void {
    const groups = loadGroups(files, this.#hypervisor.abi, this.#watch);
    checkUnique(
      groups.flatMap(({ hypercalls }) => hypercalls),
      groups.flatMap(({ operations }) => operations),
    );
    this.#groups = groups;
    for (const group of groups) this.#printNotes(group);
    this.#install();
  }

  /**
   * Reloads a file, or keeps its old definitions if it cannot be loaded, and reports that in dmesg. Must be called between
   * two hypercalls. Returns whether it was loaded.
   */
  reload(path: string): boolean {
    const file = resolve(path);
    const index = this.#groups.findIndex(({ files }) => files.includes(file));
    const before = this.#groups[index];
    let group: LoadedGroup | undefined;
    try {
      [group] = loadGroups(before?.files ?? [file], this.#hypervisor.abi, this.#watch);
      if (group === undefined) return false;
      const all = [...this.#groups.filter((each) => each !== before), group];
      checkUnique(
        all.flatMap(({ hypercalls }) => hypercalls),
        all.flatMap(({ operations }) => operations),
      );
    } catch (error) {
      // No load error may end the hypervisor.
      this.notReloaded(error instanceof LoadError ? error.message : `${file}: ${error}`);
      return false;
    }
    for (const number of this.#installed) this.#hypervisor.uninstall(number);
    this.#groups = before === undefined ? [...this.#groups, group] : this.#groups.with(index, group);
    this.#printNotes(group);
    this.#install();
    const commands = group.operations.map(({ of, name, number }) => `${of} ${name} (${number})`);
    const names = [...group.hypercalls.map((each) => `${each.name} (${each.number})`), ...commands].join(', ');
    this.#tell('info', say('reloaded {file}: {names}', { file: isPatch(file) ? group.files.join(', ') : file, names }));
    return true;
  }

  /** Reports why the file cannot be loaded; also used after a `reload` was cut off. */
  notReloaded(why: string): void {
    this.#tell('error', say('not reloaded, the old version stays active: {why}', { why }));
  }

  /** Puts all that is loaded into the table: whole hypercalls, then commands of Xen's own. */
  #install(): void {
    this.#installed.clear();
    for (const each of this.#groups.flatMap(({ hypercalls }) => hypercalls)) {
      this.#put(userRow(each, this.#onFailure, this.#hypervisor.lookup(each.number), this.#watch));
    }
    const operations = this.#groups.flatMap((group) => group.operations);
    for (const of of new Set(operations.map((each) => each.of))) {
      const row = this.#hypervisor.lookup(this.#hypervisor.abi.hypercalls[of] ?? -1);
      const own = operations.filter((each) => each.of === of);
      if (row !== undefined) this.#put(operationRow(row, own, this.#onFailure, this.#watch));
    }
  }

  #put(row: Hypercall): void {
    this.#hypervisor.install(row);
    this.#installed.add(row.number);
  }

  #printNotes(group: LoadedGroup): void {
    for (const { at, text, level } of group.notes) this.#tell(level, `${at.file}:${at.line}: ${text}`);
    const { abi } = this.#hypervisor;
    const table = hypercallTable(abi);
    const isServed = (number: number) => table.get(number)?.status.kind !== 'unsupported' && table.has(number);
    const hypercalls = group.hypercalls.filter(({ number }) => isServed(number));
    for (const text of replaced({ hypercalls, operations: group.operations }, abi)) this.#tell('warn', text);
  }

  #tell(level: 'info' | 'warn' | 'error', text: string): void {
    const mark = level === 'error' ? XENLOG_ERR : XENLOG_WARNING; // a release build's thresholds show both
    this.#hypervisor.console.printk(`${mark}fauxen: ${text}\n`);
    this.#say(level, text);
  }
}
