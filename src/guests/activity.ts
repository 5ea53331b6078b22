import type { Domain } from '../xen/domain/domain.ts';
import { type GuestInstruction, PendingInstruction } from '../xen/domain/monitor/instruction.ts';
import type { Hypervisor } from '../xen/hypervisor.ts';

/** Most pending instructions of a virtual CPU. If a listener holds it for long, further ones are dropped. */
const MOST_WAITING = 16;

/** An instruction of a virtual CPU. */
export interface Act {
  readonly vcpu: number;
  readonly instruction: GuestInstruction;
}

/** The instructions that a scenario lets a guest execute. */
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

  /** Called when it is time for one of the acts. */
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

  /** Continues the pending instructions as far as possible. */
  run(): void {
    for (const [id, waiting] of this.#waiting) {
      const vcpu = this.#domain.vcpus[id];
      while (vcpu !== undefined && this.#domain.runs && vcpu.pauseCount === 0 && !vcpu.down) {
        if (waiting[0]?.advance() !== true) break;
        waiting.shift();
      }
    }
  }
}
