const OFFSET_BASIS = 0x811c9dc5;
const PRIME = 0x01000193;

/**
 * The key of a message in the catalogue that is delivered: its 32-bit FNV-1a hash. With the English texts themselves as keys, the package
 * would have each of them twice. The generator checks that no two messages share a key.
 */
export function keyOf(message: string): string {
  let hash = OFFSET_BASIS;
  for (let index = 0; index < message.length; index += 1) hash = Math.imul(hash ^ message.charCodeAt(index), PRIME);
  return (hash >>> 0).toString(36);
}
