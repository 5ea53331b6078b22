import { CallerMemory, type UnheldCall } from '../../caller/memory.ts';
import { ringPollers } from '../../drivers/dmesg.ts';
import { replyAfterWork } from '../../drivers/privcmd/caller-work.ts';
import { type CallerWork, PrivcmdIoctl, type PrivcmdState } from '../../drivers/privcmd/privcmd.ts';
import type { LaterWork } from '../../drivers/privcmd/privcmd-file.ts';
import type { StoreEvent } from '../../drivers/xenbus/store-link.ts';
import type { FailureNote } from '../../explain/summary.ts';
import type { DirectoryNode } from '../../fuse/node.ts';
import type { Session } from '../../fuse/session.ts';
import { builtGuestScript } from '../../guests/console-script.ts';
import { type DeviceRings, shareRings } from '../../guests/device-ring.ts';
import { Guests } from '../../guests/guests.ts';
import { say } from '../../language/say.ts';
import { withPtraceRight } from '../../linux/process/ptrace-right.ts';
import type { Listener } from '../../linux/seccomp.ts';
import type { LoadedHypercalls } from '../../user-hypercalls/loaded.ts';
import type { Hypervisor } from '../../xen/hypervisor.ts';
import type { GuestOrder } from '../protocol/guest-order.ts';
import type { ScheduledAct } from '../protocol/messages.ts';
import type { Settings } from '../protocol/settings.ts';
import type { NetworkInterface } from '../protocol/traffic.ts';
import { bootHypervisor } from './boot-hypervisor.ts';
import type { Channels } from './channels.ts';
import { connectSerial } from './connect-serial.ts';
import { Diagnostics } from './diagnostics.ts';
import type { DomainView } from './domain-view.ts';
import { DomainViews } from './domain-views.ts';
import { loadHypercalls } from './load-hypercalls.ts';
import { obeyOrder } from './obey-order.ts';
import type { OpenedScenario } from './open-scenario.ts';
import { ringBytes } from './ring-bytes.ts';
import type { CutOff } from './running-code.ts';

interface Parts {
  settings: Settings;
  channels: Channels;
  hypervisor: Hypervisor;
  memory: CallerMemory;
  loaded: LoadedHypercalls | undefined;
  diagnostics: Diagnostics;
  guests: Guests;
  schedule: readonly ScheduledAct[];
}

/** The service of the hypervisor thread: a hypervisor, and the files that expose it. */
export class HypervisorService {
  readonly #parts: Parts;
  readonly #views: DomainViews;
  /** The ioctl of shortIoctl, whose callers are 64-bit programs. */
  readonly #ioctl = new PrivcmdIoctl();
  /** The view of the mount's own domain. */
  readonly #view: DomainView;
  #pollers: Pick<Session, 'notifyPoll'> | undefined;
  /** The call that is being served, if FUSE does not hold its caller. */
  #unheld: UnheldCall | undefined;
  #interfaces: readonly NetworkInterface[] = [];

  /** Boots the hypervisor and its files. Throws SettingsError or ScenarioError if the user's settings are impossible. */
  static async start(settings: Settings, channels: Channels): Promise<HypervisorService> {
    const scenario = await openScenario(settings.scenario);
    const hypervisor = await bootHypervisor(settings, scenario, channels);
    const guests = new Guests(hypervisor, { script: builtGuestScript, ...scenario?.built });
    scenario?.apply(hypervisor, guests);
    connectSerial(hypervisor, settings.serial);
    const loaded = await loadHypercalls(hypervisor, settings, channels);
    const memory = new CallerMemory({ strict: settings.strictMemory });
    const diagnostics = Diagnostics.start(hypervisor, settings, () => loaded?.files ?? []);
    const schedule = scenario?.schedule ?? [];
    return new HypervisorService({ settings, channels, hypervisor, memory, loaded, diagnostics, guests, schedule });
  }

  private constructor(parts: Parts) {
    this.#parts = parts;
    const { settings, channels, hypervisor, memory, diagnostics } = parts;
    const notifyPoll = (handle: bigint) => this.#pollers?.notifyPoll(handle);
    this.#views = new DomainViews(
      {
        hypervisor,
        owner: diagnostics.owner,
        memory: (tid) => memory.attach(tid, this.#unheld),
        ptracer: channels.ptracer,
        pollers: ringPollers(hypervisor.console, notifyPoll),
        notifyPoll,
        warn: (text) => channels.log('warn', text),
        store: channels.store,
        later: (work) => channels.later.add(this.#withCaller(work)),
        interfaces: () => this.#interfaces,
      },
      () => diagnostics.entries(),
    );
    this.#views.onView = ({ privcmd }) => diagnostics.explains(privcmd);
    this.#view = this.#views.open(settings.domain ?? 0, settings.domainType ?? 'pv', {
      unrestricted: settings.privcmdUnrestricted,
      watch: channels.watch,
    });
  }

  /** When the main thread is to tell guests to act. */
  get schedule(): readonly ScheduledAct[] {
    return this.#parts.schedule;
  }

  get root(): DirectoryNode {
    return this.#view.root;
  }

  /** Sets the callback with which drivers wake pollers. */
  attach(pollers: Pick<Session, 'notifyPoll'>): void {
    this.#pollers = pollers;
  }

  /** The memory of callers, for a transport that copies itself. */
  get memory(): CallerMemory {
    return this.#parts.memory;
  }

  /** Sets the call that is served next, if it comes from a transport that does not hold its callers but may answer later. */
  serving(call: UnheldCall | undefined): void {
    this.#unheld = call;
  }

  /** The rest of a preempted call copies from and to the same caller. */
  #withCaller(work: LaterWork): LaterWork {
    const call = this.#unheld;
    if (call === undefined) return work;
    return {
      step: () => {
        this.#unheld = call;
        try {
          return work.step();
        } finally {
          this.#unheld = undefined;
        }
      },
      abort: (result) => work.abort(result),
    };
  }

  /** The bytes of the console ring. */
  dmesg(): Uint8Array {
    return ringBytes(this.#parts.hypervisor);
  }

  /** Explains why the last failing calls failed. */
  explanations(): string {
    return this.#parts.diagnostics.explanations();
  }

  /** A hypercall's ioctl on a descriptor that is not privcmd's. */
  readonly noteStray: Diagnostics['noteStray'] = (...about) => this.#parts.diagnostics.noteStray(...about);

  /** The same, for the end of a run. */
  failures(): FailureNote[] {
    return this.#parts.diagnostics.failures();
  }

  /** Reloads a file of the user's hypercalls. */
  reload(file: string): void {
    this.#parts.loaded?.reload(file);
  }

  /** Reports which of the user's code was cut off, and abandons the call that ran it. */
  cutOff({ kind, what }: CutOff): void {
    const { hypervisor, loaded, settings, channels } = this.#parts;
    hypervisor.abandonCalls();
    this.#unheld = undefined;
    this.#mayAnswerLater(true);
    if (kind === 'loading') {
      loaded?.notReloaded(say('{what}: its top-level code takes too long: it must only define hypercalls', { what }));
      return;
    }
    const text = say('{what}: the handler was cut off after {time} ms; the caller gets ETIMEDOUT', {
      what,
      time: settings.handlerTimeout,
    });
    hypervisor.console.printk(`<0>${text}\n`);
    channels.log('error', text);
  }

  /**
   * Handles an ioctl of a 64-bit thread on an open privcmd, from a transport that does not block the caller and cannot answer later.
   * Returns the ioctl's result, or DEFERRED if it was answered. Undefined: nothing was done, and the call must come through FUSE.
   */
  shortIoctl(
    file: PrivcmdState,
    tid: number,
    command: number,
    argument: number,
    call: Listener,
  ): number | bigint | undefined {
    const { memory } = this.#parts;
    const { privcmd } = this.#view;
    memory.attach(tid, call);
    this.#mayAnswerLater(false);
    try {
      const ioctl = this.#ioctl;
      ioctl.state = file;
      ioctl.memory = memory;
      ioctl.command = command;
      ioctl.argument = argument;
      ioctl.tid = tid;
      const result = privcmd.ioctl(ioctl);
      if (memory.forbidden || privcmd.postponed) return undefined;
      const { work } = privcmd;
      return work === undefined ? result : this.#afterWork(tid, Number(result), work, call);
    } finally {
      this.#mayAnswerLater(true);
    }
  }

  /** A function of its own, because one with closures allocates an object for its variables at each call. */
  #afterWork(tid: number, result: number, work: CallerWork, call: Listener): number {
    const { privcmd } = this.#view;
    const caller = {
      tid,
      lend: (file: number) => call.lend(file),
      replyIoctl: (value: number) => call.answer(value),
      stillWaits: () => call.stillWaits(),
    };
    const note = (text: string) => privcmd.note(`privcmd: ${text}`);
    // With hidepid, even /proc/TID/stat needs the right. A stopped thread that still waits is surely the caller.
    const { ptracer } = this.#parts.channels;
    return withPtraceRight(() => replyAfterWork({ ptracer, note }, caller, result, work));
  }

  /** Makes a guest's kernel carry out an order. */
  orderGuest(id: number, order: GuestOrder): void {
    obeyOrder(this.#parts.hypervisor, this.#parts.guests, id, order);
  }

  /** Allocates pages and a port that a guest's frontend driver shares with dom0. Undefined if there is no such guest or no room. */
  shareRings(id: number, count: number): DeviceRings | undefined {
    const guest = this.#livingGuest(id);
    return guest && shareRings(guest, 0, count);
  }

  /** Whether a guest runs, that is, is not paused or shut down. Undefined if there is no such guest. */
  guestRuns(id: number): boolean | undefined {
    return this.#livingGuest(id)?.runs;
  }

  /** Shows these network interfaces to dom0's programs, in addition to the machine's own. */
  showInterfaces(interfaces: readonly NetworkInterface[]): void {
    this.#interfaces = interfaces;
  }

  /** Handles a message from xenstored. */
  fromStore(event: StoreEvent): void {
    this.#views.receive(event);
  }

  #livingGuest(id: number) {
    const guest = this.#parts.hypervisor.domains.get(id);
    return guest === undefined || guest.dying !== 'no' ? undefined : guest;
  }

  #mayAnswerLater(may: boolean): void {
    this.#view.privcmd.onlyShort = !may;
    this.#parts.channels.later.mayGiveWay = may;
  }
}

/** Imported only when needed: the YAML parser takes longer to load than everything else. */
async function openScenario(file: string | undefined): Promise<OpenedScenario | undefined> {
  return file === undefined ? undefined : (await import('./open-scenario.ts')).openScenario(file);
}
