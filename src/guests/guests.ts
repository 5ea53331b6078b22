import { type Domain, shutdownReasons } from '../xen/domain/domain.ts';
import { shutdownDomain } from '../xen/domain/lifecycle.ts';
import type { Hypervisor } from '../xen/hypervisor.ts';
import { type Act, Activity } from './activity.ts';
import { type BootInformation, bootInformation } from './boot-information.ts';
import type { ConsoleScript } from './console-script.ts';
import { startVcpus } from './kernel.ts';
import { type Writes, writeOverTime } from './memory-writer.ts';
import { PvKernel } from './pv-kernel.ts';
import { ScriptedGuest } from './scripted-guest.ts';

/** The behaviour of domains that the tools build. */
export interface BuiltGuests {
  readonly script: ConsoleScript;
  /** Share of its time that each virtual CPU runs. Default: that of an idle guest. */
  readonly load?: number;
  readonly writes?: Writes;
}

export const IDLE_LOAD = 0.02;

/** The guests of a hypervisor that have a script. */
export class Guests {
  readonly #hypervisor: Hypervisor;
  readonly #built: BuiltGuests;
  /** Undefined: it started, and has no console. */
  readonly #running = new WeakMap<Domain, ScriptedGuest | undefined>();
  readonly #active = new WeakMap<Domain, Activity>();

  /** `built`: the domains that the tools build. They start when they are first unpaused. */
  constructor(hypervisor: Hypervisor, built: BuiltGuests) {
    this.#hypervisor = hypervisor;
    this.#built = built;
    hypervisor.hooks.domainRuns.add((domain) => {
      if (!this.#running.has(domain)) this.#start(domain);
      else if (domain.writeState === undefined) PvKernel.of(domain)?.run();
      this.#running.get(domain)?.run();
      this.#active.get(domain)?.run();
    });
    hypervisor.hooks.triggered.add((domain, trigger) => {
      // The kernel shuts down at the power button (xl trigger N power), as Linux does.
      if (trigger === 'power' && this.#running.get(domain) !== undefined) {
        shutdownDomain(hypervisor, domain, shutdownReasons.poweroff);
      }
    });
  }

  /** Starts a domain that already exists, paused or not, and whose text is already in its console. */
  add(domain: Domain, boot: BootInformation, script: ConsoleScript): void {
    const guest = new ScriptedGuest(this.#hypervisor, domain, boot, script);
    this.#running.set(domain, guest);
    guest.connect();
  }

  /** What a domain does when it is told to. */
  setActs(domain: Domain, acts: readonly Act[]): void {
    this.#active.set(domain, new Activity(this.#hypervisor, domain, acts));
  }

  /** Tells a domain to do one of its acts. */
  act(domain: Domain, index: number): void {
    this.#active.get(domain)?.act(index);
  }

  #start(domain: Domain): void {
    // If programs run in the guest, its kernel is Fauxen's drivers, and it needs no script.
    const occupied = domain.id === 0 || domain.hasKernel;
    const boot = occupied ? undefined : bootInformation(domain);
    if (boot === undefined) this.#running.set(domain, undefined);
    else {
      PvKernel.of(domain)?.start();
      const { script, load = IDLE_LOAD, writes } = this.#built;
      const now = () => this.#hypervisor.now();
      startVcpus(this.#hypervisor, domain);
      for (const vcpu of domain.vcpus) {
        vcpu.setLoad(load, now());
        if (load > IDLE_LOAD) vcpu.balance(domain.pool?.cpus ?? [], now());
      }
      if (writes !== undefined) writeOverTime(domain, now, writes);
      this.add(domain, boot, script);
    }
  }
}
