import { applyScenario, scenarioMachine } from '../scenario/apply.ts';
import { loadScenario, ScenarioError } from '../scenario/load.ts';
import type { Hypervisor } from '../xen/hypervisor.ts';
import type { Machine } from '../xen/machine.ts';

export interface OpenedScenario {
  machine(base: Machine): Machine;
  /** Makes its pools and domains. Throws ScenarioError where they do not fit. */
  apply(hypervisor: Hypervisor): void;
}

/** In a file of its own, imported where it is needed: reading YAML takes longer to load than all the rest. */
export function openScenario(file: string): OpenedScenario {
  const scenario = loadScenario(file);
  return {
    machine: (base) => scenarioMachine(base, scenario),
    apply(hypervisor) {
      try {
        applyScenario(hypervisor, scenario);
      } catch (error) {
        throw error instanceof RangeError ? new ScenarioError(`${file}: ${error.message}`) : error;
      }
    },
  };
}
