/** What the user asked for cannot be: exit status 2. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly exitStatus = 2;
}
