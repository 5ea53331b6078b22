import { scriptedEnds } from '../guests/console-script.ts';
import { cpuModels } from '../xen/machine/cpu-models.ts';
import { eventKinds } from './events.ts';
import { altp2mModes } from './scenario.ts';

/** Most characters that a guest prints at once: they wait in the daemon until xenconsoled has read them. */
const MAX_TEXT = 65536;

const SIZE = {
  description: 'An amount of memory: a number of MiB, or a number with K, M, G or T.',
  type: ['integer', 'string'],
  minimum: 1,
  pattern: '^[1-9][0-9]*[KMGT]$',
} as const;

const DURATION = {
  description: 'A time: a number of seconds, or text such as 3d4h20m10s.',
  type: ['number', 'string'],
  minimum: 0,
  pattern: '^(?=.)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?$',
} as const;

const RATE = {
  description: 'Bytes a second: a number, or a number with K, M or G. Default: 0.',
  type: ['integer', 'string'],
  minimum: 0,
  pattern: '^[0-9]+[KMG]$',
} as const;

const NETWORK = { receive: { $ref: '#/definitions/rate' }, send: { $ref: '#/definitions/rate' } } as const;
const DISK = { read: { $ref: '#/definitions/rate' }, write: { $ref: '#/definitions/rate' } } as const;

const WRITES = {
  description: 'What it writes to its memory while it runs, page after page: migration and dirty pages show it.',
  type: 'object',
  additionalProperties: false,
  required: ['rate'],
  properties: {
    rate: { $ref: '#/definitions/rate' },
    address: { description: 'A physical address. Default: half of its memory.', $ref: '#/definitions/word' },
    size: { description: 'From there on. Default: 4M, or a quarter of its memory.', $ref: '#/definitions/size' },
  },
} as const;

const LOAD = {
  description: 'Share of its time that each virtual CPU runs.',
  type: 'number',
  minimum: 0,
  maximum: 1,
} as const;

const NAME = { type: 'string', pattern: '^[A-Za-z0-9_.+-]{1,64}$' } as const;

const TEXT = { type: 'string', maxLength: MAX_TEXT } as const;

/** 64 bits. */
const WORD = { type: ['integer', 'string'], minimum: 0, pattern: '^0x[0-9a-fA-F]{1,16}$' } as const;

const CONSOLE = {
  description:
    'A text that it has written to its console, or what it writes and answers. In texts, {domid}, {type}, {memory} (MiB), {vcpus} and {cmdline} stand for what it is.',
  // The keywords of both types together instead of anyOf, so that mistakes inside have their own paths.
  type: ['string', 'object'],
  maxLength: MAX_TEXT,
  additionalProperties: false,
  properties: {
    text: { description: 'Written once, at the start.', ...TEXT },
    prompt: { description: 'Written after it, and after each answer.', ...TEXT },
    shutdown: { description: 'The guest shuts down once its text is written.', enum: scriptedEnds },
    answers: {
      description: 'Answers to typed lines. The first match is used; a line without a match gets no answer.',
      type: 'array',
      maxItems: 1000,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['line'],
        properties: {
          line: {
            description:
              'The typed line. A * at the end matches the rest of it. In say, {line} and {rest} are replaced by the line and by that rest.',
            type: 'string',
            maxLength: 255,
          },
          say: TEXT,
          shutdown: { description: 'The guest shuts down with this reason.', enum: scriptedEnds },
        },
      },
    },
  },
} as const;

/** The schema of a scenario file. */
export const scenarioSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://fauxen.invalid/scenario.schema.json',
  title: 'Fauxen scenario',
  description: 'The machine and the domains that exist when Fauxen starts.',
  type: 'object',
  additionalProperties: false,
  definitions: { size: SIZE, duration: DURATION, rate: RATE, word: WORD, writes: WRITES, name: NAME, console: CONSOLE },
  properties: {
    machine: {
      description: 'The simulated machine. Values that are left out are those of the default machine.',
      type: 'object',
      additionalProperties: false,
      properties: {
        cpus: { description: 'Physical CPUs.', type: 'integer', minimum: 1, maximum: 4096 },
        memory: { $ref: '#/definitions/size' },
        cpu: {
          description:
            'Which CPUs: amd-epyc and intel-xeon have what CPUs of real hosts have; recorded (or amd) is the one of the recordings, intel the same from Intel. Intel has memory access events (xen-access) and Processor Trace (xen-vmtrace). Default: amd-epyc with --toolstack, else recorded.',
          enum: ['recorded', 'amd', 'intel', ...cpuModels],
        },
        mhz: { description: 'Clock of each CPU.', type: 'number', exclusiveMinimum: 0 },
        uptime: { $ref: '#/definitions/duration' },
      },
    },
    pools: {
      description: 'CPU pools besides Pool-0. Their CPUs are taken from it.',
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'cpus'],
        properties: {
          name: { $ref: '#/definitions/name' },
          cpus: { type: 'array', items: { type: 'integer', minimum: 0 }, uniqueItems: true },
          scheduler: { enum: ['credit', 'credit2', 'rtds', 'null', 'arinc653'] },
        },
      },
    },
    built: {
      description: 'How domains behave that the tools build later, for example with xl create.',
      type: 'object',
      additionalProperties: false,
      properties: {
        console: { $ref: '#/definitions/console' },
        load: LOAD,
        writes: { $ref: '#/definitions/writes' },
        network: {
          description: 'How much each of their network interfaces moves.',
          type: 'object',
          additionalProperties: false,
          properties: NETWORK,
        },
        disk: {
          description: 'How much each of their disks moves.',
          type: 'object',
          additionalProperties: false,
          properties: DISK,
        },
      },
    },
    domains: {
      description: 'Domains besides dom0, in the order of their ids, which begin at 1.',
      type: 'array',
      maxItems: 32000,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'memory'],
        properties: {
          name: { $ref: '#/definitions/name' },
          type: { enum: ['pv', 'pvh', 'hvm'] },
          uuid: { type: 'string', pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' },
          memory: {
            description:
              'An amount of memory, as for maxMemory; or a file that holds the memory of a PVH or HVM guest, in whose name is a dot or a slash: raw, LiME, an ELF core, or from xl dump-core.',
            type: ['integer', 'string'],
            minimum: 1,
            pattern: '^([1-9][0-9]*[KMGT]|.*[./].*)$',
          },
          registers: {
            description:
              'Registers of a PVH or HVM guest by name (docs/guests.md), in long mode unless said otherwise; a list has those of each virtual CPU. Those that are left out are those of the memory file, if it has some.',
            // The keywords of both types together instead of anyOf, so that mistakes inside have their own paths.
            type: ['object', 'array'],
            additionalProperties: { $ref: '#/definitions/word' },
            maxItems: 512,
            items: { type: 'object', additionalProperties: { $ref: '#/definitions/word' } },
          },
          maxMemory: { $ref: '#/definitions/size' },
          vcpus: { description: 'Virtual CPUs that are up.', type: 'integer', minimum: 1, maximum: 512 },
          maxVcpus: { type: 'integer', minimum: 1, maximum: 512 },
          state: {
            description: 'running: busy; idle: waits for events, which xl list shows as b.',
            enum: ['running', 'idle', 'paused', 'shutdown', 'crashed'],
          },
          load: LOAD,
          writes: { $ref: '#/definitions/writes' },
          altp2m: {
            description: 'Who may use alternate views of its memory (HVM_PARAM_ALTP2M). It is a PVH or HVM guest.',
            enum: altp2mModes,
          },
          uptime: { $ref: '#/definitions/duration' },
          cpuTime: { $ref: '#/definitions/duration' },
          weight: { type: 'integer', minimum: 1, maximum: 65535 },
          cap: { type: 'integer', minimum: 0, maximum: 51200 },
          pool: { $ref: '#/definitions/name' },
          console: { $ref: '#/definitions/console' },
          networks: {
            description: 'Network interfaces, with what the guest receives and sends. They need --toolstack.',
            type: 'array',
            maxItems: 64,
            items: {
              type: 'object',
              additionalProperties: false,
              properties: {
                mac: { type: 'string', pattern: '^[0-9a-f]{2}(:[0-9a-f]{2}){5}$' },
                bridge: { type: 'string', pattern: '^[A-Za-z0-9_.-]{1,15}$' },
                ...NETWORK,
              },
            },
          },
          events: {
            description:
              'What a PVH or HVM guest does, as far as a listener (vm_event) can notice it: accesses of memory, writes of registers and so on.',
            type: 'array',
            maxItems: 1000,
            items: {
              type: 'object',
              additionalProperties: false,
              required: ['kind'],
              properties: {
                kind: { enum: eventKinds },
                vcpu: { description: 'Default: 0.', type: 'integer', minimum: 0 },
                at: { description: 'Seconds after the start. Default: as every.', type: 'number', minimum: 0 },
                every: {
                  description: 'Seconds between repetitions. Default: once; or every second if at is left out, too.',
                  type: 'number',
                  minimum: 0.001,
                },
                address: { description: 'A physical address.', $ref: '#/definitions/word' },
                linear: {
                  description: 'The linear address that the event shows. Default: the physical one.',
                  $ref: '#/definitions/word',
                },
                register: { enum: ['cr0', 'cr3', 'cr4'] },
                msr: { $ref: '#/definitions/word' },
                value: { description: 'What is written; to memory, 8 bytes.', $ref: '#/definitions/word' },
                leaf: { $ref: '#/definitions/word' },
                subleaf: { $ref: '#/definitions/word' },
              },
            },
          },
          disks: {
            description: 'Disks, with what the guest reads and writes. They need --toolstack.',
            type: 'array',
            maxItems: 16,
            items: {
              type: 'object',
              additionalProperties: false,
              required: ['name'],
              properties: {
                name: { description: 'xvda, xvdb, …', type: 'string', pattern: '^xvd[a-p]$' },
                readOnly: { type: 'boolean' },
                size: { $ref: '#/definitions/size' },
                ...DISK,
              },
            },
          },
        },
      },
    },
  },
} as const;
