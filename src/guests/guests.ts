import { type Domain, shutdownReasons } from '../xen/domain/domain.ts';
import { shutdownDomain } from '../xen/domain/lifecycle.ts';
import type { Hypervisor } from '../xen/hypervisor.ts';
import { type BootInformation, bootInformation } from './boot-information.ts';
import type { ConsoleScript } from './console-script.ts';
import { startVcpus } from './kernel.ts';
import { ScriptedGuest } from './scripted-guest.ts';

/** The guests of a hypervisor that have a script. */
export class Guests {
  readonly #hypervisor: Hypervisor;
  readonly #ofBuilt: ConsoleScript;
  /** Undefined: it started, and has no console. */
  readonly #running = new WeakMap<Domain, ScriptedGuest | undefined>();

  /** `ofBuilt`: what domains do that the tools build. They start when they are unpaused for the first time. */
  constructor(hypervisor: Hypervisor, ofBuilt: ConsoleScript) {
    this.#hypervisor = hypervisor;
    this.#ofBuilt = ofBuilt;
    hypervisor.hooks.domainRuns.add((domain) => {
      if (!this.#running.has(domain)) this.#start(domain);
      this.#running.get(domain)?.run();
    });
    hypervisor.hooks.triggered.add((domain, trigger) => {
      // Its kernel powers off at the power button (xl trigger N power), as Linux does.
      if (trigger === 'power' && this.#running.get(domain) !== undefined) {
        shutdownDomain(hypervisor, domain, shutdownReasons.poweroff);
      }
    });
  }

  /** Starts a domain that exists already, paused or not: its text is in its console. */
  add(domain: Domain, boot: BootInformation, script: ConsoleScript): void {
    const guest = new ScriptedGuest(this.#hypervisor, domain, boot, script);
    this.#running.set(domain, guest);
    guest.connect();
  }

  #start(domain: Domain): void {
    // Where a program's own kernel drivers are the guest, no script is needed.
    const occupied = domain.id === 0 || domain.eventChannels.served;
    const boot = occupied ? undefined : bootInformation(domain);
    if (boot === undefined) this.#running.set(domain, undefined);
    else {
      startVcpus(this.#hypervisor, domain);
      this.add(domain, boot, this.#ofBuilt);
    }
  }
}
