// npx tsx scripts/generate/scenarios.ts: writes docs/scenario.schema.json, docs/exercise.schema.json and examples/scenarios/thousand.yaml.

import { writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { exerciseSchema } from '../../src/lab/schema.ts';
import type { Scenario, ScenarioDomain } from '../../src/scenario/scenario.ts';
import { scenarioSchema } from '../../src/scenario/schema.ts';

const DOMAINS = 1000;
const states = ['idle', 'idle', 'idle', 'running', 'idle', 'idle', 'paused', 'idle', 'idle', 'shutdown'] as const;

function domain(index: number): ScenarioDomain {
  return {
    name: `guest-${String(index + 1).padStart(4, '0')}`,
    memory: `${256 << (index % 4)}M`,
    vcpus: 1 + (index % 4),
    state: states[index % states.length] ?? 'idle',
    uptime: `${index % 90}d${index % 24}h`,
    weight: 128 + 128 * (index % 5),
  };
}

const thousand: Scenario = {
  machine: { cpus: 64, memory: '1T', uptime: '100d' },
  domains: Array.from({ length: DOMAINS }, (_, index) => domain(index)),
};

writeFileSync('docs/exercise.schema.json', `${JSON.stringify(exerciseSchema, undefined, 2)}\n`);
writeFileSync('docs/scenario.schema.json', `${JSON.stringify(scenarioSchema, undefined, 2)}\n`);
writeFileSync(
  'examples/scenarios/thousand.yaml',
  `# Made by scripts/generate/scenarios.ts: a host with ${DOMAINS} domains.\n${stringify(thousand)}`,
);
