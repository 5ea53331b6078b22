/** A hypercall file that could not be loaded; `message` has the file, the line if known, and the reason. */
export class LoadError extends Error {
  override readonly name = 'LoadError';
  readonly file: string;
  /** Every mistake found, if there are several: "file:line: reason" each. `message` has the first and their number. */
  readonly mistakes: readonly string[];

  constructor(file: string, reason: string, options?: ErrorOptions & { readonly mistakes?: readonly string[] }) {
    super(reason, options);
    this.file = file;
    this.mistakes = options?.mistakes ?? [reason];
  }
}
