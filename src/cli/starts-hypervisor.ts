/** With these options this process runs no hypervisor. A match among the program's own options is harmless. */
const WITHOUT = ['--help', '-h', '--at', '--join', '--background', '-b'];

/** Whether a command serves callers, in this or in another process. */
export function serves([command = '']: readonly string[]): boolean {
  return command === 'mount' || command === 'run';
}

/**
 * Whether this process will need the hypervisor thread, judged only by the command line. Only root serves in this process: for other
 * users, `run` starts again in a user namespace.
 */
export function startsHypervisor(words: readonly string[]): boolean {
  return serves(words) && process.getuid?.() === 0 && !words.some((word) => WITHOUT.includes(word));
}

/** Whether the working directory has been removed. */
export function isLost(): boolean {
  try {
    process.cwd();
    return false;
  } catch {
    return true;
  }
}
