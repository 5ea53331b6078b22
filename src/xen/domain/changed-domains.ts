import type { Hooks } from '../hooks.ts';

/**
 * The ids of domains whose state changed since the last query (XEN_DOMCTL_get_domain_state of DOMID_INVALID): created, shut down,
 * dying or destroyed. Each change is reported once, lowest id first.
 */
export class ChangedDomains {
  readonly #ids = new Set<number>();

  constructor(hooks: Hooks) {
    for (const hook of [hooks.domainAdded, hooks.domainTornDown, hooks.domainRemoved]) {
      hook.add(({ id }) => this.#ids.add(id));
    }
    hooks.domainShutDown.add(({ id }) => this.#ids.add(id));
  }

  /** The next one, which is then no longer changed; undefined if there is none. */
  take(): number | undefined {
    if (this.#ids.size === 0) return undefined;
    const next = Math.min(...this.#ids);
    this.#ids.delete(next);
    return next;
  }
}
