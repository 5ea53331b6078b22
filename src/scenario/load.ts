import { readFileSync } from 'node:fs';
import type { ErrorObject } from 'ajv';
import { KeptText } from '../package/kept-text.ts';
import { crossCheck } from './cross-check.ts';
import { validate } from './data/validate.ts';
import type { Scenario } from './scenario.ts';

/** All mistakes in a scenario file, one per line, with file, line and path. The exit status is that of a wrong setting. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
  readonly exitStatus = 2;
}

/**
 * Reads and checks a scenario in YAML or JSON. Throws ScenarioError. The value of its YAML is kept for the next start, since parsing a
 * thousand domains takes longer than all the rest. It is checked each time: what is kept depends on the text alone.
 */
export async function loadScenario(file: string): Promise<Scenario> {
  const text = readText(file);
  const kept = new KeptText('scenario 1', file, text);
  const value = parsed(kept.read());
  if (isScenario(value)) return resolved(file, value);
  const { checkedDocument, DocumentError } = await import('./checked-document.ts'); // and the YAML parser
  try {
    const scenario = checkedDocument<Scenario>(file, text, validate, { words, further: crossCheck });
    kept.write(JSON.stringify(scenario));
    return resolved(file, scenario);
  } catch (error) {
    throw error instanceof DocumentError ? new ScenarioError(error.message) : error;
  }
}

/** Reads what the memory files of a scenario say about themselves. */
async function resolved(file: string, scenario: Scenario): Promise<Scenario> {
  if (scenario.domains?.some(({ memory }) => typeof memory === 'string' && /[./]/.test(memory)) !== true)
    return scenario;
  const { withMemoryFiles } = await import('./memory-file/resolve.ts');
  const problems: string[] = [];
  const found = withMemoryFiles(file, scenario, (domain, problem) => {
    problems.push(`${file}: /domains/${domain}/memory: ${problem}`);
  });
  if (problems.length > 0) throw new ScenarioError(problems.join('\n'));
  return found;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ScenarioError(`cannot read the scenario: ${error instanceof Error ? error.message : error}`);
  }
}

function parsed(json: string | undefined): unknown {
  try {
    return json === undefined ? undefined : JSON.parse(json);
  } catch {
    return undefined; // then it is parsed again
  }
}

function isScenario(value: unknown): value is Scenario {
  return validate(value) && crossCheck(value as Scenario).length === 0; // the schema has said that it is one
}

/** What a property of that name must be. */
const QUANTITIES = [
  [
    /\/memory$/,
    'must be a number of MiB, a number with K, M, G or T, such as 4G, or a file with a dot or slash in its name, such as dump.lime',
  ],
  [
    /(registers(\/\d+)?|events\/\d+|writes)\/(?!vcpu$|at$|every$|kind$|rate$|size$)\w+$/,
    'must be a number, or a number such as 0xffffffff81000000',
  ],
  [/(Memory|size)$/, 'must be a number of MiB, or a number with K, M, G or T, such as 4G'],
  [/(uptime|cpuTime)$/, 'must be a number of seconds, or a time such as 3d4h20m'],
  [/(receive|send|read|write|rate)$/, 'must be a number of bytes a second, or a number with K, M or G, such as 2M'],
] as const;

function words({ keyword, instancePath }: ErrorObject): string | undefined {
  if (keyword === 'type' || keyword === 'pattern' || keyword === 'minimum') {
    for (const [names, text] of QUANTITIES) if (names.test(instancePath)) return text;
  }
  return keyword === 'additionalProperties' ? 'is no property of a scenario' : undefined;
}
