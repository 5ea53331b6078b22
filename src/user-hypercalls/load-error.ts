/** A file of hypercalls that could not be loaded; `message` has the file, the line if known, and the reason. */
export class LoadError extends Error {
  override readonly name = 'LoadError';
  readonly file: string;

  constructor(file: string, reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.file = file;
  }
}
