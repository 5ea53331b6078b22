import type { ConsoleScript } from '../../guests/console-script.ts';
import type { Guests } from '../../guests/guests.ts';
import { applyScenario, scenarioMachine } from '../../scenario/apply.ts';
import { loadScenario, ScenarioError } from '../../scenario/load.ts';
import { scriptOf } from '../../scenario/scenario.ts';
import type { Hypervisor } from '../../xen/hypervisor.ts';
import type { Machine } from '../../xen/machine/machine.ts';

export interface OpenedScenario {
  machine(base: Machine): Machine;
  /** What domains do that the tools build; undefined: the scenario does not say. */
  readonly built: ConsoleScript | undefined;
  /** Makes its pools and domains. Throws ScenarioError where they do not fit. */
  apply(hypervisor: Hypervisor, guests: Guests): void;
}

/** In a file of its own, imported where it is needed: reading YAML takes longer to load than all the rest. */
export function openScenario(file: string): OpenedScenario {
  const scenario = loadScenario(file);
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
