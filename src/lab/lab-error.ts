/** Why nothing could be checked: exit status 2. */
export class LabError extends Error {
  override readonly name = 'LabError';
}
