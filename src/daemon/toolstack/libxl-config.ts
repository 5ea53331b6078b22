import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bytesOf } from '../../scenario/quantities.ts';
import { domainId, domainUuid, type ScenarioDomain } from '../../scenario/scenario.ts';
import { DEFAULT_BRIDGE, imageOf, macOf } from './scenario-devices.ts';

/**
 * Writes a domain's configuration into libxl's user data (/var/lib/xen), as `xl create` does: `xl list -l`, mem-set, vcpu-set, save and
 * other commands read it. The format is the JSON of libxl_domain_config.
 */
export function writeLibxlConfig(folder: string, domain: ScenarioDomain, index: number): void {
  const { name, memory, maxMemory = memory, vcpus = 1, maxVcpus = vcpus, type = 'pv' } = domain;
  const uuid = domainUuid(domain, index);
  const kib = (size: number | string) => Math.floor(bytesOf(size) / 1024);
  const config = {
    c_info: { type, name, domid: domainId(index), uuid, run_hotplug_scripts: 'True' },
    b_info: {
      max_vcpus: maxVcpus,
      avail_vcpus: Array.from({ length: vcpus }, (_, vcpu) => vcpu),
      max_memkb: kib(maxMemory),
      target_memkb: kib(memory),
      video_memkb: 0,
      sched_params: {},
      claim_mode: 'True',
      [`type.${type}`]: {},
      arch_arm: {},
      arch_x86: { msr_relaxed: 'False' },
    },
    disks: (domain.disks ?? []).map((disk) => ({
      pdev_path: imageOf(domain, disk),
      vdev: disk.name,
      backend: 'phy',
      format: 'raw',
      script: '/bin/true',
      readwrite: disk.readOnly === true ? 0 : 1,
    })),
    nics: (domain.networks ?? []).map((vif, at) => ({
      devid: at,
      mac: macOf(vif, domainId(index), at),
      bridge: vif.bridge ?? DEFAULT_BRIDGE,
      script: '/bin/true',
      nictype: 'vif',
    })),
    on_reboot: 'restart',
    on_soft_reset: 'soft_reset',
  };
  const file = join(folder, `userdata-d.${domainId(index)}.${uuid}.libxl-json`);
  writeFileSync(file, `${JSON.stringify(config, null, 4)}\n\0`, { mode: 0o600 });
}
