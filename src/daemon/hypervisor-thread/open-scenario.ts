import type { BuiltGuests, Guests } from '../../guests/guests.ts';
import { applyScenario, scenarioMachine, writesOf } from '../../scenario/apply.ts';
import { timingOf } from '../../scenario/events.ts';
import { loadScenario, ScenarioError } from '../../scenario/load.ts';
import { domainId, scriptOf } from '../../scenario/scenario.ts';
import type { Hypervisor } from '../../xen/hypervisor.ts';
import type { Machine } from '../../xen/machine/machine.ts';
import type { ScheduledAct } from '../protocol/messages.ts';

export interface OpenedScenario {
  machine(base: Machine): Machine;
  /** Behaviour of domains that the tools build, as far as the scenario defines it. */
  readonly built: Partial<BuiltGuests>;
  /** When its domains do what they do. */
  readonly schedule: readonly ScheduledAct[];
  /** Makes its pools and domains. Throws ScenarioError if they do not fit. */
  apply(hypervisor: Hypervisor, guests: Guests): void;
}

/** In a separate file that is imported only when needed. */
export async function openScenario(file: string): Promise<OpenedScenario> {
  const scenario = await loadScenario(file);
  const { console, load, writes } = scenario.built ?? {};
  return {
    machine: (base) => scenarioMachine(base, scenario),
    built: {
      ...(console !== undefined && { script: scriptOf(console) }),
      ...(load !== undefined && { load }),
      ...(writes !== undefined && { writes: writesOf(writes) }),
    },
    schedule: (scenario.domains ?? []).flatMap(({ events = [] }, domain) =>
      events.map((event, index) => ({ domain: domainId(domain), index, ...timingOf(event) })),
    ),
    apply(hypervisor, guests) {
      try {
        applyScenario(hypervisor, guests, scenario);
      } catch (error) {
        throw error instanceof RangeError ? new ScenarioError(`${file}: ${error.message}`) : error;
      }
    },
  };
}
