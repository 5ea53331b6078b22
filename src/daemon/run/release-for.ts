import { say } from '../../language/say.ts';
import type { Log } from '../log/log.ts';
import type { Settings } from '../protocol/settings.ts';
import type { XenTools } from '../toolstack/find-tools.ts';

/** The hypervisor has the tools' own release: tools refuse to work with any other. */
export async function releaseFor({ release }: XenTools, settings: Settings, log: Log): Promise<Settings> {
  if (release === undefined) return settings;
  if (settings.xenVersion !== undefined) {
    if (settings.xenVersion !== release && !settings.anyInterfaceVersion) {
      const effect = say('they may refuse to work. Leave --xen out, or add --any-interface-version');
      log.write(
        'warn',
        say('the tools are of Xen {release} and Xen {xenVersion} answers: {effect}', {
          release,
          xenVersion: settings.xenVersion,
          effect,
        }),
      );
    }
    return settings;
  }
  const { isXenVersion, xenVersions } = await import('../../xen/abi/abi.ts');
  if (isXenVersion(release)) return { ...settings, xenVersion: release };
  const newest = xenVersions.at(-1);
  log.write(
    'warn',
    say('the tools are of Xen {release}, which Fauxen does not know: Xen {newest} answers (--xen)', {
      release,
      newest,
    }),
  );
  return { ...settings, anyInterfaceVersion: true, ...(newest !== undefined && { xenVersion: newest }) };
}
