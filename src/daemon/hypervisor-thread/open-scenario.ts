import type { ConsoleScript } from '../../guests/console-script.ts';
import type { Guests } from '../../guests/guests.ts';
import { applyScenario, scenarioMachine } from '../../scenario/apply.ts';
import { loadScenario, ScenarioError } from '../../scenario/load.ts';
import { scriptOf } from '../../scenario/scenario.ts';
import type { Hypervisor } from '../../xen/hypervisor.ts';
import type { Machine } from '../../xen/machine/machine.ts';

export interface OpenedScenario {
  machine(base: Machine): Machine;
  /** Behaviour of domains that the tools build; undefined if the scenario does not define it. */
  readonly built: ConsoleScript | undefined;
  /** Makes its pools and domains. Throws ScenarioError if they do not fit. */
  apply(hypervisor: Hypervisor, guests: Guests): void;
}

/** In a separate file that is imported only when needed. */
export async function openScenario(file: string): Promise<OpenedScenario> {
  const scenario = await loadScenario(file);
  return {
    machine: (base) => scenarioMachine(base, scenario),
    built: scenario.built?.console === undefined ? undefined : scriptOf(scenario.built.console),
    apply(hypervisor, guests) {
      try {
        applyScenario(hypervisor, guests, scenario);
      } catch (error) {
        throw error instanceof RangeError ? new ScenarioError(`${file}: ${error.message}`) : error;
      }
    },
  };
}
