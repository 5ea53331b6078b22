// npx tsx scripts/generate/scenario-validator.ts: writes src/scenario/data/validate.ts, what ajv makes of the scenario's schema. To
// load ajv and compile the schema at each start would take longer than the rest of the start.

import { writeFileSync } from 'node:fs';
import { scenarioValidator } from './scenario-validator-text.ts';

writeFileSync('src/scenario/data/validate.ts', await scenarioValidator());
