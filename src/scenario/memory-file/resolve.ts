import { dirname, resolve } from 'node:path';
import { PAGE_SIZE } from '../../xen/memory/heap.ts';
import type { Scenario, ScenarioDomain } from '../scenario.ts';
import { MemoryFileError } from './file-bytes.ts';
import { framesOf, openMemoryFile } from './memory-file.ts';

/** Whether `memory` names a file: a size has neither a dot nor a slash. */
const isFileName = (memory: number | string): memory is string => typeof memory === 'string' && /[./]/.test(memory);

/** The scenario with what its memory files say about themselves. `complain` is called with the index of a domain whose file is bad. */
export function withMemoryFiles(
  file: string,
  scenario: Scenario,
  complain: (domain: number, problem: string) => void,
): Scenario {
  if (scenario.domains?.some(({ memory }) => isFileName(memory)) !== true) return scenario;
  const domains = scenario.domains.map((domain, index): ScenarioDomain => {
    const { memory, type = 'pvh' } = domain;
    if (!isFileName(memory)) return domain;
    try {
      const memoryFile = openMemoryFile(resolve(dirname(file), memory));
      const pages = framesOf(memoryFile).reduce((sum, run) => sum + run.pages, 0);
      return { ...domain, type, memory: `${(pages * PAGE_SIZE) / 1024}K`, memoryFile };
    } catch (error) {
      if (!(error instanceof MemoryFileError)) throw error;
      complain(index, `${memory} ${error.message}`);
      return domain;
    }
  });
  return { ...scenario, domains };
}
