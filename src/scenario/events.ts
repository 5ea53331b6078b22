import type { Act } from '../guests/activity.ts';
import type { GuestInstruction } from '../xen/domain/monitor/instruction.ts';
import type { Mistake } from './checked-document.ts';

/** A number, or text such as 0xffffffff81000000. */
type Word = number | string;

/** What a virtual CPU does, as a scenario has it. */
export interface ScenarioEvent {
  readonly kind: GuestInstruction['kind'];
  readonly vcpu?: number;
  /** Seconds after the start, and between repetitions. */
  readonly at?: number;
  readonly every?: number;
  readonly address?: Word;
  readonly linear?: Word;
  readonly register?: 'cr0' | 'cr3' | 'cr4';
  readonly msr?: Word;
  readonly value?: Word;
  readonly leaf?: Word;
  readonly subleaf?: Word;
}

/** The properties that each kind needs. */
const needs: Readonly<Record<GuestInstruction['kind'], readonly (keyof ScenarioEvent)[]>> = {
  read: ['address'],
  write: ['address'],
  execute: ['address'],
  register: ['register', 'value'],
  msr: ['msr', 'value'],
  cpuid: ['leaf'],
  breakpoint: ['address'],
  request: [],
};
export const eventKinds = Object.keys(needs);

/** Seconds between repetitions if an event has neither `at` nor `every`. */
const DEFAULT_EVERY = 1;

/** When an act is to be done, in milliseconds; `every` is absent if it is done once. */
export interface Timing {
  readonly after: number;
  readonly every?: number;
}

export function timingOf({ at, every }: ScenarioEvent): Timing {
  const again = every ?? (at === undefined ? DEFAULT_EVERY : undefined);
  const after = 1000 * (at ?? again ?? 0);
  return again === undefined ? { after } : { after, every: 1000 * again };
}

export function actOf(event: ScenarioEvent): Act {
  return { vcpu: event.vcpu ?? 0, instruction: instructionOf(event) };
}

function instructionOf(event: ScenarioEvent): GuestInstruction {
  const { kind } = event;
  const word = (value: Word | undefined): bigint => BigInt(value ?? 0);
  const address = Number(word(event.address));
  switch (kind) {
    case 'read':
    case 'write':
    case 'execute':
      return {
        kind,
        address,
        ...(event.linear !== undefined && { linear: word(event.linear) }),
        ...(event.value !== undefined && { value: new Uint8Array(BigUint64Array.of(word(event.value)).buffer) }),
      };
    case 'register':
      return { kind, register: event.register ?? 'cr3', value: word(event.value) };
    case 'msr':
      return { kind, msr: Number(word(event.msr)), value: word(event.value) };
    case 'cpuid':
      return { kind, leaf: Number(word(event.leaf)), subleaf: Number(word(event.subleaf)) };
    case 'breakpoint':
      return { kind, address };
    case 'request':
      return { kind };
    default:
      return kind satisfies never;
  }
}

/** Checks that a schema cannot express: missing properties, and virtual CPUs that do not exist. */
export function checkEvents(events: readonly ScenarioEvent[], vcpus: number, path: (string | number)[]): Mistake[] {
  const mistakes: Mistake[] = [];
  for (const [index, event] of events.entries()) {
    for (const name of needs[event.kind]) {
      if (event[name] === undefined) mistakes.push({ path: [...path, index], message: `${event.kind} needs ${name}` });
    }
    if ((event.vcpu ?? 0) >= vcpus)
      mistakes.push({ path: [...path, index, 'vcpu'], message: `the domain has ${vcpus} virtual CPUs, from 0 on` });
    if (Number(event.address ?? 0) >= 2 ** 48)
      mistakes.push({ path: [...path, index, 'address'], message: 'is a physical address, of at most 48 bits' });
  }
  return mistakes;
}
