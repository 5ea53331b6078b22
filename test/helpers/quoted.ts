/** Quotes an argument for a shell: the path of a checkout may contain a space. */
export const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;
