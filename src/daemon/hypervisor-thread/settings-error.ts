/** The user's settings are impossible: exit status 2. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly exitStatus = 2;
}
