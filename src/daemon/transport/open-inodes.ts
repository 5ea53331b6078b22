/**
 * The open files of privcmd by inode number. The number identifies a file only if it is the inode's single open file: an inode may be
 * open several times (by opening a path in /proc/PID/fd again).
 */
export class OpenInodes<File extends object> {
  readonly #files = new Map<number, Set<File>>();

  /** Records a successful open(2). Must be called before it returns. */
  opened(inode: number, file: File): void {
    const files = this.#files.get(inode);
    if (files === undefined) this.#files.set(inode, new Set([file]));
    else files.add(file);
  }

  /** Removes a file after the kernel's RELEASE: no descriptor refers to it any more. */
  released(inode: number, file: File): void {
    const files = this.#files.get(inode);
    files?.delete(file);
    if (files?.size === 0) this.#files.delete(inode);
  }

  /** The only open file of that inode; undefined if there is none or more than one. */
  only(inode: number): File | undefined {
    const files = this.#files.get(inode);
    if (files?.size !== 1) return undefined;
    const [file] = files;
    return file;
  }
}
