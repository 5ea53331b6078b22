import type { chinese } from './chinese/chinese.ts';
import { keyOf } from './key-of.ts';

/** A message that a learner meets, in English: the text itself is the key of the catalogues, so a message without Chinese does not compile. */
export type Message = keyof typeof chinese;

/** The names in braces: 'domain' and 'reason' of '{domain} has ended: {reason}'. Braces around anything but one word are text. */
type Placeholders<M extends string> = M extends `${string}{${infer Rest}`
  ? Rest extends `${infer Name}}${infer After}`
    ? (Name extends `${string}${' ' | '{' | ':'}${string}` | '' ? never : Name) | Placeholders<After>
    : never
  : never;

type Values<M extends string> = [Placeholders<M>] extends [never]
  ? []
  : [values: Readonly<Record<Placeholders<M>, unknown>>];

/** By keyOf(message). */
let catalogue: Readonly<Record<string, string>> | undefined;

/**
 * The message in the user's language, with values instead of the names in braces. Call it when the message is needed, not during an
 * import, when the language is not known yet.
 */
export function say<M extends Message>(message: M, ...[values]: Values<M>): string {
  return filled(catalogue?.[keyOf(message)] ?? message, values ?? {});
}

/** A text of the model's in the user's language, if the catalogue has it. test/language checks that it has all reasons of the hypercall table. */
export function sayReason(text: string): string {
  const option = /^as in a Xen built without (CONFIG_\w+)$/.exec(text)?.[1];
  if (option !== undefined) return say('as in a Xen built without {option}', { option });
  return catalogue?.[keyOf(text)] ?? text;
}

function filled(text: string, values: Readonly<Record<string, unknown>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (Object.hasOwn(values, name) ? String(values[name]) : whole));
}

/** Sets the texts for this thread, by keyOf(message); undefined: English. */
export function useCatalogue(texts: Readonly<Record<string, string>> | undefined): void {
  catalogue = texts;
}
