// test/fuzz/report.ts TAP PAGE: writes docs/fuzzing.md from what the fuzz tests printed; entries of tests that did not run stay.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release } from 'node:os';

interface Fuzz {
  file: string;
  name: string;
  passed: boolean;
  seconds: number;
  /** What the test said of its run. */
  said: string;
}

/** The subtests of a TAP output with two levels, files and tests. */
function fuzzes(tap: string): Fuzz[] {
  const found: Fuzz[] = [];
  let [file, said]: [string, string[]] = ['', []];
  for (const line of tap.split('\n')) {
    file = /^# Subtest: (\S+)/.exec(line)?.[1] ?? file;
    const [, comment] = /^ {8}# (.*)$/.exec(line) ?? [];
    if (comment !== undefined) said.push(comment.replace(/^FAUXEN_FUZZ_SEED=-?\d+( for \d+ s)?(: )?/, ''));
    const [, not, name = '', time] = /^ {4}(not )?ok \d+ - (.*?) # time=([\d.]+)ms/.exec(line) ?? [];
    if (time === undefined) continue;
    const words = said.filter((each) => each !== '').join('; ');
    found.push({ file, name, passed: not === undefined, seconds: Math.round(Number(time) / 1000), said: words });
    said = [];
  }
  return found;
}

const withCommas = (text: string) => text.replace(/\b\d{4,}\b/g, (digits) => Number(digits).toLocaleString('en'));

const [tap = '', page = ''] = process.argv.slice(2);
const all = fuzzes(readFileSync(tap, 'utf8'));
const entries = all.map(
  ({ file, name, passed, seconds, said }) =>
    `- **${name}** (\`${file}\`, ${seconds} s): ${passed ? 'passed' : 'FAILED'}. ${withCommas(said)}.`,
);
/** Entries of an earlier run for tests that did not run now. */
const kept = (existsSync(page) ? readFileSync(page, 'utf8') : '')
  .split('\n')
  .filter(
    (line) => line.startsWith('- **') && !all.some(({ file, name }) => line.startsWith(`- **${name}** (\`${file}\`,`)),
  );
writeFileSync(
  page,
  `# Fuzzing

Written by \`scripts/fuzz --write-docs\` on Linux ${release()}, ${cpus().length} CPUs (${cpus()[0]?.model ?? 'unknown'}), Node ${process.versions.node}, with other work on the machine.

Each entry is a test, its file and its duration, and what it reported. The test of open files makes hypercalls on open, restricted, foreign
and closed descriptors in several processes and threads. These close, duplicate, pass on and reuse descriptors, fork, share descriptors,
execute programs and take over ids. Each kind of descriptor has its own answer, so a call that is answered for another file is detected.

The times that callers waited for Fauxen are in µs, as "half, 99.9 %, all": the median, the 99.9th percentile and the maximum. The duration
of a call says little here, since the test has many more runnable threads than there are CPUs. Therefore the second group of times leaves
out the time that the caller's thread and Fauxen's thread waited for a CPU, as the kernel counts it (/proc/PID/task/TID/schedstat). During
the measurement Fauxen has a real-time priority (\`FUZZ_PRIORITY\`), so that it does not wait for another of its threads, or for the holder of
a lock, that waits for a CPU. Calls that are made while Fauxen waits for a caller's memory are counted separately. Fauxen waits for a page
that is served late on purpose, or for the lock of that memory, which other threads of that caller hold in fork, mmap and munmap
([security.md](security.md) explains why other callers then wait). The remaining calls may still wait for several such waits that are too
short to be noticed, and for some 20 callers that are served before them.

${[...entries, ...kept].join('\n')}
`,
);
console.log(`${all.length} fuzz tests are in ${page}`);
