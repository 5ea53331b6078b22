import type { Call } from './call/call.ts';
import type { Hypercall } from './call/hypercall.ts';
import type { Domain } from './domain/domain.ts';
import type { Vcpu } from './domain/vcpu.ts';
import { Hook } from './hook.ts';

/** XEN_DOMCTL_sendtrigger's triggers that reach a guest. */
export type Trigger = 'nmi' | 'power' | 'sleep';

/** The events of the model. Add a listener to be notified; the model works the same without listeners. */
export class Hooks {
  /** A hypercall is about to be performed; the row is undefined for an unassigned number. */
  readonly entered = new Hook<Call, Hypercall | undefined>();
  /** It was performed; the result is as the handler returned it. */
  readonly left = new Hook<Call, Hypercall | undefined, number | bigint>();
  /** A call failed, left a remark, or printed a message that the log level hid. Emitted after the call. */
  readonly notable = new Hook<Call, Hypercall | undefined, number | bigint>();
  /** A handler threw; the caller gets EFAULT. */
  readonly handlerFailed = new Hook<Hypercall, unknown>();

  readonly domainAdded = new Hook<Domain>();
  readonly domainRemoved = new Hook<Domain>();
  /** A guest shut itself down or was shut down, for this reason (SHUTDOWN_*). */
  readonly domainShutDown = new Hook<Domain, number>();
  /** A domain is being destroyed: its channels are to be closed, its memory is to be freed. */
  readonly domainTornDown = new Hook<Domain>();
  /** A domain starts running: it was unpaused or resumed, and nothing else keeps it from running. */
  readonly domainRuns = new Hook<Domain>();
  /** A state that keeps a domain's virtual CPUs from running is about to change. */
  readonly holdChanging = new Hook<Domain>();
  /** That state has changed: whether it keeps them from running now, and the virtual CPU if it concerns only one. */
  readonly holdChanged = new Hook<Domain, boolean, Vcpu | undefined>();
  readonly triggered = new Hook<Domain, Trigger>();
  /** A virtual interrupt is raised: the domain, the virq, the virtual CPU. */
  readonly virqRaised = new Hook<Domain, number, number>();
  /** Emitted before a check of whether a grant is in use: drivers then release mappings that programs no longer have. */
  readonly grantsChecked = new Hook();
}
