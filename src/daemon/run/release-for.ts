import type { Log } from '../log/log.ts';
import type { Settings } from '../protocol/settings.ts';
import type { XenTools } from '../toolstack/find-tools.ts';

/** The hypervisor has the tools' own release: tools refuse to work with any other. */
export async function releaseFor({ release }: XenTools, settings: Settings, log: Log): Promise<Settings> {
  if (release === undefined) return settings;
  if (settings.xenVersion !== undefined) {
    if (settings.xenVersion !== release && !settings.anyInterfaceVersion) {
      const effect = 'they may refuse to work. Leave --xen out, or add --any-interface-version';
      log.write('warn', `the tools are of Xen ${release} and Xen ${settings.xenVersion} answers: ${effect}`);
    }
    return settings;
  }
  const { isXenVersion, xenVersions } = await import('../../xen/abi/abi.ts');
  if (isXenVersion(release)) return { ...settings, xenVersion: release };
  const newest = xenVersions.at(-1);
  log.write('warn', `the tools are of Xen ${release}, which Fauxen does not know: Xen ${newest} answers (--xen)`);
  return { ...settings, anyInterfaceVersion: true, ...(newest !== undefined && { xenVersion: newest }) };
}
