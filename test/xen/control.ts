import type { Hypervisor } from '../../src/xen/hypervisor.ts';
import type { FakeGuest } from './fake-guest.ts';
import { hypercall } from './host.ts';

export type Fields = Readonly<Record<string, number>>;

/** Issues domctl or sysctl `name` (or number) with its fields; reads them back by path. The struct is at the guest's base. */
export class Control {
  readonly xen: Hypervisor;
  readonly guest: FakeGuest;
  /** The domain that calls. */
  caller = 0;

  constructor(xen: Hypervisor, guest: FakeGuest) {
    this.xen = xen;
    this.guest = guest;
  }

  domctl(name: string | number, domain: number, fields: Fields = {}): number {
    const struct = this.xen.abi.struct('xen_domctl');
    const number = typeof name === 'number' ? name : this.xen.abi.subOperations('XEN_DOMCTL')[name];
    this.guest.bytes.fill(0, 0, struct.size);
    struct.field('cmd').set(this.guest.view, number ?? 0xffff);
    struct.field('interface_version').set(this.guest.view, this.xen.abi.domctlVersion);
    struct.field('domain').set(this.guest.view, domain);
    for (const [path, value] of Object.entries(fields)) {
      struct.field(path.includes('.') ? `u.${path}` : path).set(this.guest.view, value);
    }
    return hypercall(this.xen, this.guest, 36, [this.guest.base], this.caller);
  }

  sysctl(name: string, fields: Fields = {}): number {
    const struct = this.xen.abi.struct('xen_sysctl');
    this.guest.bytes.fill(0, 0, struct.size);
    struct.field('cmd').set(this.guest.view, this.xen.abi.subOperations('XEN_SYSCTL')[name] ?? 0xffff);
    struct.field('interface_version').set(this.guest.view, this.xen.abi.sysctlVersion);
    for (const [path, value] of Object.entries(fields)) struct.field(`u.${path}`).set(this.guest.view, value);
    return hypercall(this.xen, this.guest, 35, [this.guest.base], this.caller);
  }

  /** A field of the struct after the last domctl or sysctl; negative numbers are returned unsigned. */
  out(path: string, of: 'xen_domctl' | 'xen_sysctl' = 'xen_domctl'): number {
    return this.xen.abi
      .struct(of)
      .field(path.includes('.') ? `u.${path}` : path)
      .get(this.guest.view);
  }

  /** Creates a PV domain (flags 0) or a PVH domain (flags 3); returns its id. */
  create(flags = 0, vcpus = 1): number {
    const result = this.domctl('createdomain', 0, {
      'createdomain.flags': flags,
      'createdomain.max_vcpus': vcpus,
      'createdomain.max_evtchn_port': -1,
      'createdomain.max_grant_frames': -1,
      'createdomain.max_maptrack_frames': -1,
      'createdomain.grant_opts': 1,
      'createdomain.arch.emulation_flags': flags === 0 ? 0 : 1,
    });
    if (result !== 0) throw new Error(`createdomain: ${result}`);
    return this.out('domain');
  }
}
