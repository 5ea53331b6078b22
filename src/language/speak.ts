import { languageOf } from './language.ts';
import { useCatalogue } from './say.ts';

/**
 * Loads the catalogue of the user's language for this thread. Each thread does so at its start, never later: a process in trouble can load
 * nothing.
 */
export async function speak(environment: NodeJS.ProcessEnv = process.env): Promise<void> {
  if (languageOf(environment) === 'zh') useCatalogue((await import('./chinese/chinese.ts')).chinese);
}
