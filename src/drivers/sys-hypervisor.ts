import { constants } from 'node:fs';
import type { DirectoryNode, FileNode } from '../fuse/node.ts';
import { valueOfRelease } from '../xen/abi/value-of-release.ts';
import type { Domain } from '../xen/domain/domain.ts';
import { errno } from '../xen/errno.ts';
import { XEN_CAPABILITIES, xenFeatures } from '../xen/hypercalls/xen_version/capabilities.ts';
import type { Hypervisor } from '../xen/hypervisor.ts';
import { extraversion } from '../xen/machine/extraversion.ts';
import type { Owner } from './dmesg.ts';
import { directory } from './xenfs.ts';

const { S_IFREG } = constants;

/** sysfs reports a page as the size of every attribute. */
const SYSFS_SIZE = 4096;

/** /sys/hypervisor as Linux's drivers/xen/sys-hypervisor.c fills it from xen_version. */
export function sysHypervisor(hypervisor: Hypervisor, domain: Domain, owner: Owner): DirectoryNode {
  const { abi, machine } = hypervisor;
  const { build } = machine;
  const text = (value: () => string) => attribute(0o444, () => new TextEncoder().encode(value()), owner);
  const pmu = () => attribute(0o644, () => -errno.EOPNOTSUPP, owner);
  return directory(
    {
      compilation: directory(
        {
          compile_date: text(() => `${build.compileDate}\n`),
          compiled_by: text(() => `${build.compiledBy}\n`),
          compiler: text(() => `${valueOfRelease(abi, 'compiler')}\n`),
        },
        owner,
      ),
      guest_type: text(() => `${domain.type === 'hvm' ? 'HVM' : domain.type.toUpperCase()}\n`),
      pmu: directory({ pmu_features: pmu(), pmu_mode: pmu() }, owner),
      properties: directory(
        {
          buildid: attribute(0o444, () => buildId(build.buildId), owner),
          capabilities: text(() => `${XEN_CAPABILITIES}\n`),
          changeset: text(() => `${build.changeset}\n`),
          features: text(() => `${xenFeatures(domain, hypervisor.abi).toString(16).padStart(8, '0')}\n`),
          pagesize: text(() => '1000\n'),
          virtual_start: text(() => 'ffff800000000000\n'),
        },
        owner,
      ),
      type: text(() => 'xen\n'),
      uuid: text(() => `${domain.uuid}\n`),
      version: directory(
        {
          extra: text(() => `${extraversion(build, abi.version)}\n`),
          major: text(() => `${abi.major}\n`),
          minor: text(() => `${abi.minor}\n`),
        },
        owner,
      ),
    },
    owner,
  );
}

/** A sysfs attribute: its bytes, generated at each open, or the -errno that a read returns. */
function attribute(mode: number, value: () => Uint8Array | number, owner: Owner): FileNode {
  return {
    kind: 'file',
    attributes: () => ({ mode: S_IFREG | mode, size: SYSFS_SIZE, ...owner }),
    open() {
      const bytes = value();
      return {
        read(_request, offset, into) {
          if (typeof bytes === 'number') return bytes;
          const part = bytes.subarray(offset, offset + into.length);
          into.set(part);
          return part.length;
        },
        write: () => (typeof bytes === 'number' ? bytes : -errno.EIO),
      };
    },
  };
}

/** Raw bytes without a newline. Empty without a build id, as in Linux. */
const buildId = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
