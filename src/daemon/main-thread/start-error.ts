/** The hypervisor thread could not start; `status` is the exit status for that. */
export class StartError extends Error {
  override readonly name = 'StartError';
  readonly status: number;
  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}
