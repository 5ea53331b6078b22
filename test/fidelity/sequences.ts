import type { Abi } from '../../src/xen/abi/abi.ts';
import { Calls } from './calls.ts';
import { operations } from './groups.ts';
import { destroy, guests } from './guests.ts';
import { ask, type Operation } from './operation.ts';
import { channelOps, grantOps } from './operations/channels.ts';
import { domctls } from './operations/domctl.ts';
import { dmOps, hvmOps } from './operations/hvm.ts';
import { memoryOps } from './operations/memory.ts';
import type { Random } from './random.ts';
import { Script, Variable } from './script.ts';
import { combination } from './sweep.ts';
import { families } from './table.ts';

/** One call of a sequence: an operation, and the index of each field's setting. */
export interface Step {
  readonly operation: Operation;
  readonly choice: readonly number[];
}

/** Calls of a sequence. */
export const STEPS = 25;
const FIRST_DOMAIN = 3000;
const PAGES = 16;

/** The guests of a sequence. Their ids are the script's first variables. */
const about = { pv: new Variable(0, 'pv'), hvm: new Variable(1, 'hvm'), pvh: new Variable(2, 'pvh') };

/** The operations that sequences consist of: those about guests. */
export function pool(abi: Abi): Operation[] {
  return [
    ...Object.values(domctls).flatMap((rows) => operations(abi, families.domctl, rows, about)),
    ...Object.values(memoryOps).flatMap((rows) => operations(abi, families.memory_op, rows, about)),
    ...operations(abi, families.event_channel_op, channelOps, about),
    ...operations(abi, families.grant_table_op, grantOps, about),
    ...operations(abi, families.hvm_op, hvmOps, about),
    // Without the servers' state: making, enabling and disabling servers in some orders crashes a real Xen.
    ...operations(abi, families.dm_op, (dmOps.devices ?? []).slice(1), about),
  ];
}

/** A random sequence, mostly of a few operations, which meet each other's state. */
export function sequence(all: readonly Operation[], random: Random): Step[] {
  const subject = Array.from({ length: 5 }, () => random.pick(all));
  return Array.from({ length: STEPS }, () => {
    const operation = random.chance(4) ? random.pick(all) : random.pick(subject);
    return { operation, choice: combination(operation, random) };
  });
}

/** Each sequence as a group s0, s1 …, with its own guests. A line's id: group, index of the step, operation. */
export function scriptOfSequences(abi: Abi, sequences: readonly (readonly Step[])[]): string {
  const script = new Script(abi.sysctlVersion);
  for (const [index, steps] of sequences.entries()) {
    script.group(`s${index}`);
    const calls = new Calls(script, abi);
    const first = FIRST_DOMAIN + index * 4;
    for (const [at, { name }] of Object.values(about).entries()) script.variable(name, BigInt(first + at));
    const made = guests(calls, first, PAGES);
    for (const [step, { operation, choice }] of steps.entries())
      ask(script, `${step}.${operation.name}`, operation, choice);
    destroy(calls, made);
  }
  return script.text();
}
