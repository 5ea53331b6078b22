import { type Domain, shutdownReasons } from '../xen/domain/domain.ts';
import { shutdownDomain } from '../xen/domain/lifecycle.ts';
import type { Hypervisor } from '../xen/hypervisor.ts';
import { type Act, Activity } from './activity.ts';
import { type BootInformation, bootInformation } from './boot-information.ts';
import type { ConsoleScript } from './console-script.ts';
import { startVcpus } from './kernel.ts';
import { PvKernel } from './pv-kernel.ts';
import { ScriptedGuest } from './scripted-guest.ts';

/** The guests of a hypervisor that have a script. */
export class Guests {
  readonly #hypervisor: Hypervisor;
  readonly #ofBuilt: ConsoleScript;
  /** Undefined: it started, and has no console. */
  readonly #running = new WeakMap<Domain, ScriptedGuest | undefined>();
  readonly #active = new WeakMap<Domain, Activity>();

  /** `ofBuilt`: the script of domains that the tools build. They start when they are first unpaused. */
  constructor(hypervisor: Hypervisor, ofBuilt: ConsoleScript) {
    this.#hypervisor = hypervisor;
    this.#ofBuilt = ofBuilt;
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
      startVcpus(this.#hypervisor, domain);
      this.add(domain, boot, this.#ofBuilt);
    }
  }
}
