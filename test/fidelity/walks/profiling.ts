import type { Calls } from '../calls.ts';
import { Random } from '../random.ts';
import type { Guests } from '../settings.ts';

/** Each operation of xenoprof_op: its struct's members, and the ones that are set. */
const structs = {
  init: 'num_events:u32 is_primary:u32 cpu_type:u8[64]',
  reset_active_list: 'unused:u64',
  reset_passive_list: 'unused:u64',
  set_active: 'domain:u16',
  set_passive: 'domain_id:u16 max_samples:u32 nbuf:u32 bufsize:u32 buf_gmaddr:u64',
  reserve_counters: 'unused:u64',
  counter: 'ind:u32 count:u64 enabled:u32 event:u32 hypervisor:u32 kernel:u32 user:u32 unit_mask:u64',
  setup_events: 'unused:u64',
  enable_virq: 'unused:u64',
  start: 'unused:u64',
  stop: 'unused:u64',
  disable_virq: 'unused:u64',
  release_counters: 'unused:u64',
  shutdown: 'unused:u64',
  get_buffer: 'max_samples:u32 nbuf:u32 bufsize:u32 buf_gmaddr:u64',
  set_backtrace: 'depth:u64',
  get_ibs_caps: 'caps:u32',
  ibs_counter: 'op_enabled:u64 fetch_enabled:u64 max_cnt_fetch:u64 max_cnt_op:u64 rand_en:u64 dispatched_ops:u64',
} as const;
type Name = keyof typeof structs;

/** A profiler's order of operations; most steps of the walk continue it from where they are. */
const orderly: readonly Name[] = [
  'init',
  'reset_active_list',
  'reset_passive_list',
  'set_active',
  'reserve_counters',
  'counter',
  'setup_events',
  'enable_virq',
  'start',
  'stop',
  'disable_virq',
  'release_counters',
];

/** The profiler: used before it is set up, set up, run, and used out of order. */
export function profiling(calls: Calls, { pv, hvm }: Guests, salt: string): void {
  const random = new Random(`profiling ${salt}`);
  const domains = [0n, 0n, 0n, pv.value, 999n, 0x7ff0n];
  let at = 0;
  const ask = (name: Name, id: string) => {
    const set: Record<string, number | bigint> = {};
    if (name === 'set_active') set.domain = random.pick(domains);
    if (name === 'set_passive')
      Object.assign(set, { domain_id: random.pick([hvm.value, 999n]), max_samples: random.pick([0, 4, 100]) });
    if (name === 'counter')
      Object.assign(set, { ind: random.pick([0, 1, 3, 4, 5, 0xffffffff]), count: 100000, event: 0x76 });
    if (name === 'set_backtrace') set.depth = random.pick([0, 5]);
    if (name === 'get_buffer') set.max_samples = random.pick([0, 4, 100]);
    const asked = `${name} ${Object.entries(set)
      .map(([key, value]) => `${key}=${value}`)
      .join(' ')}`.trim();
    calls.stable('xenoprof_op', 'XENOPROF', name, structs[name], {
      id,
      asked,
      set,
      kinds: { cpu_type: 'text', buf_gmaddr: 'zeroOrNot' },
    });
  };
  for (const name of Object.keys(structs) as Name[]) if (name !== 'init') ask(name, `before.${name}`);
  ask('init', 'init');
  for (let step = 0; step < 200; step++) {
    if (random.chance(3)) ask(random.pick(Object.keys(structs) as Name[]), `walk.${step}`);
    else {
      at = random.chance(8) ? 0 : at + 1;
      ask(orderly[at % orderly.length] ?? 'init', `walk.${step}`);
    }
  }
  for (const name of ['init', 'stop', 'reset_active_list', 'reset_passive_list', 'shutdown'] as const)
    ask(name, `end.${name}`);
}
