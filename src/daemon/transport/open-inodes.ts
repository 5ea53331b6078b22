/**
 * The open files of privcmd by inode number. A file that is the only open one of its inode can be told by that number alone; where an
 * inode is open several times (a path of /proc/PID/fd opened again), none of its files can.
 */
export class OpenInodes<File extends object> {
  readonly #files = new Map<number, Set<File>>();

  /** An open(2) was granted. To be called before it returns. */
  opened(inode: number, file: File): void {
    const files = this.#files.get(inode);
    if (files === undefined) this.#files.set(inode, new Set([file]));
    else files.add(file);
  }

  /** The kernel says that the open file is gone: no descriptor of it is left anywhere. */
  released(inode: number, file: File): void {
    const files = this.#files.get(inode);
    files?.delete(file);
    if (files?.size === 0) this.#files.delete(inode);
  }

  /** The one open file of that inode; undefined if there is none, or are several. */
  only(inode: number): File | undefined {
    const files = this.#files.get(inode);
    if (files?.size !== 1) return undefined;
    const [file] = files;
    return file;
  }
}
