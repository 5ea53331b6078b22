/** A word of a shell's command line: a checkout may lie in a path with a space. */
export const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;
