import { say } from '../../language/say.ts';
import { releasesWithInterface } from '../../xen/abi/abi.ts';
import { errno } from '../../xen/errno.ts';
import type { Answer, FailedCall } from '../failure.ts';
import { hex, type MemoryMap } from '../memory-map.ts';

/** sysctl and domctl begin with the interface version that the tools were compiled for. */
export function interfaceVersion({ hypervisor, row, result, args, memory, map }: FailedCall): Answer | undefined {
  if (Number(result) !== -errno.EACCES) return undefined;
  if (row?.name !== 'sysctl' && row?.name !== 'domctl') return undefined;
  const { abi } = hypervisor;
  const field = abi.struct(`xen_${row.name}`).field('interface_version');
  const bytes = new Uint8Array(field.offset + field.size);
  if (memory.read(Number(args[0]), bytes, 0, bytes.length) < bytes.length) return undefined;
  const spoken = field.get(new DataView(bytes.buffer));
  const own = row.name === 'sysctl' ? abi.sysctlVersion : abi.domctlVersion;
  if (spoken === own) return undefined;
  const releases = releasesWithInterface(row.name, spoken);
  const constant = `XEN_${row.name.toUpperCase()}_INTERFACE_VERSION`;
  return {
    cause: 'interface-version',
    xen: say(
      "{name} is not stable between releases: Xen compares the struct's interface_version first, and answers EACCES.",
      { name: row.name },
    ),
    why: say('the program uses {spoken} ({release}), Xen {version} expects {own}', {
      spoken: hex(spoken),
      release:
        releases.length === 0 ? say('no known release') : say('Xen {releases}', { releases: releases.join(', ') }),
      version: abi.version,
      own: hex(own),
    }),
    change:
      releases.length === 0
        ? say('set op.interface_version = {constant} from the headers of Xen {version}', {
            constant,
            version: abi.version,
          })
        : say(
            'start fauxen with --xen {release} or --any-interface-version, or compile with the headers of Xen {version}',
            { release: toolsRelease(map, releases) ?? releases.at(-1), version: abi.version },
          ),
  };
}

/**
 * The program's own release among those that accept this struct, determined from its mapped libraries: another release may accept its
 * sysctl and refuse its domctl.
 */
function toolsRelease(map: MemoryMap, releases: readonly string[]): string | undefined {
  for (const { name } of map.regions) {
    const release = /\/(?:libxenctrl\.so\.|xen-)(\d+\.\d+)/.exec(name)?.[1];
    if (release !== undefined && releases.includes(release)) return release;
  }
  return undefined;
}
