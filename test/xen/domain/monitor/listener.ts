import { bootGuest } from '../../../../src/xen/domain/guest.ts';
import { defaultMachine } from '../../../../src/xen/machine/machine.ts';
import { Control } from '../../control.ts';
import { FakeGuest } from '../../fake-guest.ts';
import { hypercall, testHypervisor } from '../../host.ts';

/** Where libxc puts a guest's ring of monitor events. */
export const RING_GFN = 0xfeff9;
/** struct vm_event_sring: indices, then entries of struct vm_event_st from byte 64 on. */
const RING = { requests: 0, responses: 8, entries: 64, count: 8, size: 400 } as const;
const XENMEM_ACCESS_OP = 21;

/** A machine with Intel CPUs (or AMD, on request), a running PVH guest (1), and a program in dom0 that listens to it. */
export async function listener(vendor: 'amd' | 'intel' = 'intel', commandLine = 'dom0_mem=1G,max:1G') {
  const host = { uptime: () => 1_000_000_000n, wallclock: () => 0, random: (bytes: Uint8Array) => void bytes.fill(0) };
  const xen = await testHypervisor({ machine: { ...defaultMachine(host), vendor }, commandLine });
  const guest = new FakeGuest();
  const control = new Control(xen, guest);
  const domain = bootGuest(xen, { type: 'pvh', pages: 1024, vcpus: 2, connected: true });
  const dom0 = xen.domains.get(0);
  if (dom0 === undefined) throw new Error('no dom0');
  const { frames } = domain.memory;

  const vmEvent = (op: number, mode = 2) =>
    control.domctl('vm_event_op', domain.id, { 'vm_event_op.op': op, 'vm_event_op.mode': mode });
  const monitor = (op: number, event: number, fields = {}) =>
    control.domctl('monitor_op', domain.id, { 'monitor_op.op': op, 'monitor_op.event': event, ...fields });
  /** Enables the ring as libxc does and binds its port; returns the port in dom0. */
  const enable = () => {
    const result = vmEvent(0);
    if (result !== 0) throw new Error(`enable: ${result}`);
    const port = dom0.eventChannels.bindInterdomain(domain, control.out('vm_event_op.u.enable.port'));
    domain.memory.remove(RING_GFN);
    dom0.eventChannels.clearPending(port);
    return port;
  };
  const word = (at: number, value?: number) => {
    const bytes = new DataView(new ArrayBuffer(4));
    if (value === undefined) frames.read(RING_GFN, at, new Uint8Array(bytes.buffer));
    else bytes.setUint32(0, value, true);
    if (value !== undefined) frames.write(RING_GFN, at, new Uint8Array(bytes.buffer));
    return bytes.getUint32(0, true);
  };
  const entry = (index: number) => RING.entries + (index % RING.count) * RING.size;
  /** A request in the ring. */
  const request = (index: number) => {
    const bytes = new Uint8Array(RING.size);
    frames.read(RING_GFN, entry(index), bytes);
    return new DataView(bytes.buffer);
  };
  /** Writes the answer to the request of that index into the ring: the same bytes, or others. */
  const answer = (index: number, bytes = new Uint8Array(request(index).buffer)) => {
    frames.write(RING_GFN, entry(index), bytes);
    word(RING.responses, index + 1);
  };

  const struct = xen.abi.struct('xen_mem_access_op');
  /** XENMEM_access_op; returns the resulting `access`. */
  const access = (
    fields: Readonly<Record<string, number | bigint>>,
    { domid = domain.id, caller = 0, start = 0 } = {},
  ) => {
    guest.bytes.fill(0, 0, struct.size);
    struct.field('domid').set(guest.view, domid);
    for (const [name, value] of Object.entries(fields)) struct.field(name).setBig(guest.view, BigInt(value));
    const result = hypercall(xen, guest, 12, [XENMEM_ACCESS_OP + 64 * start, guest.base], caller);
    return { result, access: struct.field('access').get(guest.view) };
  };
  const produced = () => word(RING.requests);
  return { xen, guest, control, domain, dom0, vmEvent, monitor, enable, word, request, answer, access, produced };
}
