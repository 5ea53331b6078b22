/** A text in each language. */
const TEXTS = {
  description: 'A text in English and in Chinese.',
  type: 'object',
  additionalProperties: false,
  required: ['en', 'zh'],
  properties: { en: { type: 'string', minLength: 1 }, zh: { type: 'string', minLength: 1 } },
} as const;

/** A regular expression of JavaScript; ^ and $ match at lines. */
const PATTERN = { type: 'string' } as const;
const COMMAND = { description: 'A line for sh, run in the learner’s folder.', type: 'string', minLength: 1 } as const;
const list = <T>(items: T) => ({ type: 'array', items }) as const;

/** The schema of exercise.yaml, published as docs/exercise.schema.json. */
export const exerciseSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'An exercise of fauxen lab',
  type: 'object',
  additionalProperties: false,
  required: ['title', 'checks'],
  properties: {
    title: TEXTS,
    needs: {
      description: 'What the machine must have: root, commands on the PATH, or files by their absolute paths.',
      ...list({ type: 'string', minLength: 1 }),
    },
    build: { description: 'Run first, outside of Xen; each must end with status 0.', ...list(COMMAND) },
    options: { description: 'Options of fauxen run for every check.', ...list({ type: 'string' }) },
    checks: {
      description: 'Each is a run of its own.',
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['title', 'run'],
        properties: {
          title: TEXTS,
          run: COMMAND,
          options: { description: 'Further options of fauxen run.', ...list({ type: 'string' }) },
          status: { description: 'The exit status; 0 unless given.', type: 'integer', minimum: 0, maximum: 255 },
          prints: { description: 'Found in what the programs print to stdout.', ...list(PATTERN) },
          dmesg: { description: "Found in Xen's console ring.", ...list(PATTERN) },
          quiet: { description: "Not found in Xen's console ring.", ...list(PATTERN) },
          calls: { description: 'Found in the trace of the hypercalls (fauxen run --trace -v).', ...list(PATTERN) },
          fails: {
            description: 'Causes of fauxen explain that must show, and no others. Empty: no call fails. Absent: any.',
            ...list({ type: 'string' }),
          },
        },
      },
    },
    hints: {
      description:
        'Shown where a check failed and all that is given matches what was observed. The first that matches counts.',
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['hint'],
        minProperties: 2,
        properties: {
          cause: { description: 'A cause of fauxen explain.', type: 'string' },
          prints: PATTERN,
          dmesg: PATTERN,
          says: { description: 'Found in messages: stderr, compiler errors, load errors.', ...PATTERN },
          hint: TEXTS,
        },
      },
    },
  },
} as const;
