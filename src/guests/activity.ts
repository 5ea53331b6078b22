import type { Domain } from '../xen/domain/domain.ts';
import { type GuestInstruction, PendingInstruction } from '../xen/domain/monitor/instruction.ts';
import type { Hypervisor } from '../xen/hypervisor.ts';

/** Most instructions of a virtual CPU that wait. While a listener holds it, others are not done: time passes without it. */
const MOST_WAITING = 16;

/** An instruction of a virtual CPU. */
export interface Act {
  readonly vcpu: number;
  readonly instruction: GuestInstruction;
}

/** What a scenario says that a guest does, besides its console. */
export class Activity {
  readonly #hypervisor: Hypervisor;
  readonly #domain: Domain;
  readonly #acts: readonly Act[];
  /** By virtual CPU. */
  readonly #waiting = new Map<number, PendingInstruction[]>();

  constructor(hypervisor: Hypervisor, domain: Domain, acts: readonly Act[]) {
    this.#hypervisor = hypervisor;
    this.#domain = domain;
    this.#acts = acts;
  }

  /** It is time for one of its acts. */
  act(index: number): void {
    const act = this.#acts[index];
    const vcpu = this.#domain.vcpus[act?.vcpu ?? -1];
    if (act === undefined || vcpu === undefined || !this.#domain.runs) return;
    const waiting = this.#waiting.get(vcpu.id) ?? [];
    this.#waiting.set(vcpu.id, waiting);
    if (waiting.length >= MOST_WAITING) return;
    waiting.push(new PendingInstruction(this.#hypervisor, vcpu, act.instruction));
    this.run();
  }

  /** Goes on with what waits, as far as it may. */
  run(): void {
    for (const [id, waiting] of this.#waiting) {
      const vcpu = this.#domain.vcpus[id];
      while (vcpu !== undefined && this.#domain.runs && vcpu.pauseCount === 0 && !vcpu.down) {
        if (waiting[0]?.goOn() !== true) break;
        waiting.shift();
      }
    }
  }
}
