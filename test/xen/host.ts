import { loadAbi, type XenVersion } from '../../src/xen/abi/abi.ts';
import { createHypervisor } from '../../src/xen/create-hypervisor.ts';
import type { Hypervisor, HypervisorOptions } from '../../src/xen/hypervisor.ts';
import { defaultMachine } from '../../src/xen/machine/machine.ts';
import type { FakeGuest } from './fake-guest.ts';

/** A hypervisor whose clock is fixed at one second and whose random numbers are zero. */
export async function testHypervisor(options: Partial<HypervisorOptions> & { version?: XenVersion } = {}) {
  const machine = defaultMachine({
    uptime: () => 1_000_000_000n,
    wallclock: () => 0,
    random: (bytes) => bytes.fill(0),
  });
  return createHypervisor({ abi: await loadAbi(options.version), machine, ...options });
}

/** Issues a hypercall as the domain `domid`; returns the result as a number. */
export function hypercall(
  hypervisor: Hypervisor,
  guest: FakeGuest,
  number: number | bigint,
  args: readonly (number | bigint)[] = [],
  domid = 0,
): number {
  const domain = hypervisor.domains.get(domid);
  if (domain === undefined) throw new Error(`no domain ${domid}`);
  const call = hypervisor.beginCall(domain, guest, 64);
  if (call === undefined) throw new Error('calls nest too deep');
  call.bytes.fill(0);
  call.view.setBigUint64(0, BigInt.asUintN(64, BigInt(number)), true);
  for (const [index, value] of args.entries()) {
    call.view.setBigUint64(8 + 8 * index, BigInt.asUintN(64, BigInt(value)), true);
  }
  try {
    return Number(hypervisor.dispatch(call));
  } finally {
    hypervisor.endCall();
  }
}

/** Returns a function that gives what the console ring has got since now. */
export function printedAfter({ console: { ring } }: Hypervisor): () => string {
  const since = ring.total;
  return () => {
    const bytes = new Uint8Array(ring.total - since);
    ring.read(since, bytes);
    return new TextDecoder().decode(bytes);
  };
}
