import { say } from '../../language/say.ts';
import type { Log } from '../log/log.ts';
import type { Settings } from '../protocol/settings.ts';
import type { XenTools } from '../toolstack/find-tools.ts';

/** Xen's tools work only with their own release, so the hypervisor has that release, or accepts its interface versions in addition. */
export async function releaseFor({ release }: XenTools, settings: Settings, log: Log): Promise<Settings> {
  if (release === undefined) return settings;
  if (settings.xenVersion !== undefined) {
    if (settings.xenVersion === release || settings.anyInterfaceVersion) return settings;
    const { xenVersion } = settings;
    log.write(
      'warn',
      say(
        'Xen {xenVersion} answers tools of Xen {release}: sysctl and domctl accept every interface version, unlike a real Xen',
        { xenVersion, release },
      ),
    );
    return { ...settings, anyInterfaceVersion: true };
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
