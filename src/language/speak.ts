import { languageOf } from './language.ts';
import { useCatalogue } from './say.ts';

/**
 * Loads the catalogue of the user's language for this thread. Called only at the start of a thread, because a process without memory or
 * descriptors cannot load anything.
 */
export async function speak(environment: NodeJS.ProcessEnv = process.env): Promise<void> {
  if (languageOf(environment) === 'zh') useCatalogue((await import('./data/chinese.ts')).catalogue);
}
