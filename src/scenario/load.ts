import { readFileSync } from 'node:fs';
import type { ErrorObject } from 'ajv';
import { checkedDocument, DocumentError } from './checked-document.ts';
import { crossCheck } from './cross-check.ts';
import { validate } from './data/validate.ts';
import type { Scenario } from './scenario.ts';

/** Every mistake in a scenario file, a line each with file, line and path. The exit status of a wrong setting. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
  readonly exitStatus = 2;
}

/** Reads and checks a scenario in YAML or JSON. Throws ScenarioError. */
export function loadScenario(file: string): Scenario {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ScenarioError(`cannot read the scenario: ${error instanceof Error ? error.message : error}`);
  }
  try {
    return checkedDocument<Scenario>(file, text, validate, { words, further: crossCheck });
  } catch (error) {
    throw error instanceof DocumentError ? new ScenarioError(error.message) : error;
  }
}

function words({ keyword, instancePath }: ErrorObject): string | undefined {
  if (keyword === 'anyOf') {
    return /(memory|Memory)$/.test(instancePath)
      ? 'must be a number of MiB, or a number with K, M, G or T, such as 4G'
      : 'must be a number of seconds, or a time such as 3d4h20m';
  }
  return keyword === 'additionalProperties' ? 'is no property of a scenario' : undefined;
}
