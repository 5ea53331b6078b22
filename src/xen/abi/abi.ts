import interfaceVersions from './data/interface-versions.ts';
import stable from './data/stable.ts';
import { extraStructs } from './extra-structs.ts';
import { Struct, type StructData } from './layout.ts';
import { firstReleases, moreNumbers, unlistedNumbers } from './more-numbers.ts';
import { structAt } from './struct-history.ts';

// Each release's structs and numbers are in a separate module, so that a start loads one of them instead of twenty-four.
const releases = table({
  '3.2': () => import('./data/3.2.ts'),
  '4.0': () => import('./data/4.0.ts'),
  '4.1': () => import('./data/4.1.ts'),
  '4.2': () => import('./data/4.2.ts'),
  '4.3': () => import('./data/4.3.ts'),
  '4.4': () => import('./data/4.4.ts'),
  '4.5': () => import('./data/4.5.ts'),
  '4.6': () => import('./data/4.6.ts'),
  '4.7': () => import('./data/4.7.ts'),
  '4.8': () => import('./data/4.8.ts'),
  '4.9': () => import('./data/4.9.ts'),
  '4.10': () => import('./data/4.10.ts'),
  '4.11': () => import('./data/4.11.ts'),
  '4.12': () => import('./data/4.12.ts'),
  '4.13': () => import('./data/4.13.ts'),
  '4.14': () => import('./data/4.14.ts'),
  '4.15': () => import('./data/4.15.ts'),
  '4.16': () => import('./data/4.16.ts'),
  '4.17': () => import('./data/4.17.ts'),
  '4.18': () => import('./data/4.18.ts'),
  '4.19': () => import('./data/4.19.ts'),
  '4.20': () => import('./data/4.20.ts'),
  '4.21': () => import('./data/4.21.ts'),
  '4.22': () => import('./data/4.22.ts'),
});

/** So that XenVersion is a list of releases in the published types, and not of modules. */
function table<Version extends string>(rows: Record<Version, () => Promise<{ default: unknown }>>): typeof rows {
  return rows;
}

export type XenVersion = keyof typeof releases;
export const xenVersions = Object.keys(releases) as XenVersion[]; // keys() widens to string
export const DEFAULT_XEN_VERSION: XenVersion = '4.17';

export function isXenVersion(text: string): text is XenVersion {
  return Object.hasOwn(releases, text);
}

/** Prefixes of sub-operations: those of the generated data, and those of more-numbers.ts. */
export type SubOperationFamily =
  | 'XEN_SYSCTL'
  | 'XEN_DOMCTL'
  | 'XENMEM'
  | 'XENVER'
  | 'EVTCHNOP'
  | 'GNTTABOP'
  | 'SCHEDOP'
  | 'PHYSDEVOP'
  | 'VCPUOP'
  | 'XENPF'
  | 'HVMOP'
  | keyof typeof moreNumbers;

// scripts/generate/abi.ts writes these shapes; the casts below name them.
const interfacesByVersion = interfaceVersions as Record<XenVersion, { sysctl: number; domctl: number }>;

interface Release {
  hypercalls: Record<string, number>;
  subOperations: Record<SubOperationFamily, Record<string, number> | undefined>;
}

/** Releases whose sysctl or domctl has this interface version, oldest first. */
export function releasesWithInterface(hypercall: 'sysctl' | 'domctl', version: number): XenVersion[] {
  return xenVersions.filter((release) => interfacesByVersion[release][hypercall] === version);
}

/** The interfaces of all releases, for a hypervisor that serves any interface version. */
export function loadAllAbis(): Promise<Abi[]> {
  return Promise.all(xenVersions.map(loadAbi));
}

/** The public interface of one release: numbers, interface versions and struct layouts (x86-64). */
export interface Abi {
  readonly version: XenVersion;
  readonly major: number;
  readonly minor: number;
  readonly sysctlVersion: number;
  readonly domctlVersion: number;
  readonly hypercalls: Readonly<Record<string, number>>;
  subOperations(family: SubOperationFamily): Readonly<Record<string, number>>;
  /** Throws RangeError if the release has no such struct. */
  struct(name: string): Struct;
}

/** Loads the interface of a release. */
export async function loadAbi(version: XenVersion = DEFAULT_XEN_VERSION): Promise<Abi> {
  const { hypercalls, subOperations } = (await releases[version]()).default as Release;
  const stableData = stable as Record<string, StructData>;
  const PHYSDEVOP = { ...subOperations.PHYSDEVOP, ...unlistedNumbers.PHYSDEVOP };
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const numbers: Release['subOperations'] = { ...subOperations, ...numbersOf(major, minor), PHYSDEVOP };
  const structs = new Map<string, Struct>();
  return {
    version,
    major,
    minor,
    sysctlVersion: interfacesByVersion[version].sysctl,
    domctlVersion: interfacesByVersion[version].domctl,
    hypercalls,
    subOperations: (family) => numbers[family] ?? {},
    struct(name) {
      let struct = structs.get(name);
      if (struct === undefined) {
        const found = structAt(name, version) ?? extraStructs[name] ?? stableData[name];
        if (found === undefined) throw new RangeError(`Xen ${version} has no struct ${name}`);
        struct = new Struct(name, found);
        structs.set(name, struct);
      }
      return struct;
    },
  };
}

/** The entries of `moreNumbers` that a release has. */
function numbersOf(major: number, minor: number): Release['subOperations'] {
  const found: Record<string, Record<string, number>> = { ...moreNumbers };
  for (const [family, since] of Object.entries(firstReleases))
    found[family] = Object.fromEntries(
      Object.entries(found[family] ?? {}).filter(([name]) => {
        const [firstMajor, firstMinor] = since[name] ?? [0, 0];
        return major > firstMajor || (major === firstMajor && minor >= firstMinor);
      }),
    );
  return found;
}
