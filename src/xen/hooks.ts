import type { Call } from './call/call.ts';
import type { Hypercall } from './call/hypercall.ts';
import type { Domain } from './domain/domain.ts';
import type { Vcpu } from './domain/vcpu.ts';
import { Hook } from './hook.ts';

/** XEN_DOMCTL_sendtrigger's triggers that reach a guest. */
export type Trigger = 'nmi' | 'power' | 'sleep';

/** All that the model tells of itself. Who wants to know adds a listener; the model never asks whether anybody does. */
export class Hooks {
  /** A hypercall is about to be performed; the row is undefined for an unassigned number. */
  readonly entered = new Hook<Call, Hypercall | undefined>();
  /** It was performed; the result is as the handler returned it. */
  readonly left = new Hook<Call, Hypercall | undefined, number | bigint>();
  /** A call failed, or left a remark, or a message of its was hidden by the log level. Runs after it. */
  readonly notable = new Hook<Call, Hypercall | undefined, number | bigint>();
  /** A handler threw; the caller gets EFAULT. */
  readonly handlerFailed = new Hook<Hypercall, unknown>();

  readonly domainAdded = new Hook<Domain>();
  readonly domainRemoved = new Hook<Domain>();
  /** A guest shut itself down or was shut down, for this reason (SHUTDOWN_*). */
  readonly domainShutDown = new Hook<Domain, number>();
  /** A domain is being destroyed: its channels are to be closed, its memory is to be freed. */
  readonly domainTornDown = new Hook<Domain>();
  /** A domain runs from now on: it was unpaused or resumed, and nothing else holds it. */
  readonly domainRuns = new Hook<Domain>();
  /** What holds a domain's virtual CPUs is about to change. */
  readonly holdChanging = new Hook<Domain>();
  /** It has changed: whether it holds them now, and the one virtual CPU if only that is meant. */
  readonly holdChanged = new Hook<Domain, boolean, Vcpu | undefined>();
  readonly triggered = new Hook<Domain, Trigger>();
  /** A virtual interrupt is raised: the domain, the virq, the virtual CPU. */
  readonly virqRaised = new Hook<Domain, number, number>();
  /** It is about to matter whether a grant is in use: drivers look which of those that programs mapped still are. */
  readonly grantsChecked = new Hook();
}
