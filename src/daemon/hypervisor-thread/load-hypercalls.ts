import { say } from '../../language/say.ts';
import type { LoadedHypercalls } from '../../user-hypercalls/loaded.ts';
import { placeIn } from '../../user-hypercalls/place.ts';
import type { Hypervisor } from '../../xen/hypervisor.ts';
import type { Settings } from '../protocol/settings.ts';
import type { Channels } from './channels.ts';
import { SettingsError } from './settings-error.ts';

/**
 * Loads the user's hypercall files. Throws SettingsError. Imports the loader only if there are files, since it takes longer to load than
 * everything else.
 */
export async function loadHypercalls(
  hypervisor: Hypervisor,
  settings: Settings,
  { log, code, loading }: Channels,
): Promise<LoadedHypercalls | undefined> {
  if (settings.hypercalls.length === 0) return undefined;
  const { LoadedHypercalls } = await import('../../user-hypercalls/loaded.ts');
  const { LoadError } = await import('../../user-hypercalls/load-error.ts');
  const loaded = new LoadedHypercalls({
    hypervisor,
    onFailure({ name, source }, error) {
      const place = placeIn(error, source) ?? source;
      log('error', say('{name} threw at {place}: {error}', { name, place, error: String(error).split('\n')[0] }));
      if (error instanceof Error) log('debug', error.stack ?? '');
    },
    say: log,
    watch: {
      begin(kind, what) {
        if (kind === 'loading') loading(what);
        code.begin(kind, what);
      },
      end: () => code.end(),
    },
  });
  try {
    loaded.load(settings.hypercalls);
  } catch (error) {
    if (error instanceof LoadError) throw new SettingsError(error.message);
    throw error;
  }
  return loaded;
}
