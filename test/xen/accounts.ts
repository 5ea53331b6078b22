import { channelStates } from '../../src/xen/domain/event-channels.ts';
import type { Hypervisor } from '../../src/xen/hypervisor.ts';

/** More than the fuzz tests map at a time. */
const HANDLES = 128;

/** Checks invariants of the model that hold after any calls. Returns each violation as a sentence. */
export function violatedAccounts(xen: Hypervisor): string[] {
  const wrong: string[] = [];
  const claim = (holds: boolean, what: string) => {
    if (!holds) wrong.push(what);
  };
  const { ring } = xen.console;
  claim(ring.oldest >= 0 && ring.oldest <= ring.total, `the ring's oldest byte ${ring.oldest} is beyond ${ring.total}`);
  claim(ring.total - ring.oldest <= ring.size, 'the ring holds more than its size');
  claim(Number.isSafeInteger(ring.total), `the ring's total is ${ring.total}`);

  const { heap } = xen.memory;
  claim(
    heap.freePages >= 0 && heap.freePages <= heap.totalPages,
    `${heap.freePages} of ${heap.totalPages} pages are free`,
  );
  claim(Number.isSafeInteger(heap.freePages), `free pages: ${heap.freePages}`);
  claim(heap.outstandingClaims >= 0, `claims: ${heap.outstandingClaims}`);

  const mapped = new Map<number, number>();
  for (const { grants } of xen.domains) {
    for (let handle = 0; handle < HANDLES; handle += 1) {
      const granter = grants.mapping(handle)?.granter;
      if (granter !== undefined) mapped.set(granter.id, (mapped.get(granter.id) ?? 0) + 1);
    }
  }
  for (const { id, references } of xen.domains) {
    const count = mapped.get(id) ?? 0;
    claim(references >= count, `domain ${id} has ${count} grants mapped but ${references} references`);
  }

  let held = 0;
  for (const domain of xen.domains) {
    const pages = domain.totPages;
    held += pages;
    claim(Number.isSafeInteger(pages) && pages >= 0, `domain ${domain.id} has ${pages} pages`);
    for (const port of domain.eventChannels.ports()) {
      const channel = domain.eventChannels.get(port);
      claim(port > 0, `domain ${domain.id} uses port ${port}`);
      if (channel?.state !== 'interdomain') {
        claim(channel !== undefined && channel.state in channelStates, `port ${port} has no state`);
        continue;
      }
      const other = channel.remote?.eventChannels.get(channel.remotePort);
      claim(
        other?.remotePort === port && other.remote === domain,
        `domain ${domain.id}: port ${port} has no other end`,
      );
    }
  }
  claim(
    held + heap.freePages <= heap.totalPages,
    `${held} pages held and ${heap.freePages} free, of ${heap.totalPages}`,
  );
  return wrong;
}
