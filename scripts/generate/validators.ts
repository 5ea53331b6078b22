// npx tsx scripts/generate/validators.ts: compiles the schemas of scenarios and exercises with ajv into data/validate.ts beside them.
// Loading ajv and compiling a schema at each start would take longer than the rest of the start.

import { writeFileSync } from 'node:fs';
import { exerciseSchema } from '../../src/lab/schema.ts';
import { scenarioSchema } from '../../src/scenario/schema.ts';
import { validatorText } from './validator-text.ts';

writeFileSync('src/scenario/data/validate.ts', await validatorText(scenarioSchema, 'src/scenario/schema.ts'));
writeFileSync('src/lab/data/validate.ts', await validatorText(exerciseSchema, 'src/lab/schema.ts'));
