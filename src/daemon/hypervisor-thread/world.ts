import { statSync } from 'node:fs';
import type { LooseCall } from '../../caller/memory.ts';
import { type Owner, RingPollers } from '../../drivers/dmesg.ts';
import { FileFrames } from '../../drivers/foreign-memory/file-frames.ts';
import { IOCTL_PRIVCMD_HYPERCALL } from '../../drivers/privcmd/ioctls.ts';
import type { PrivcmdState } from '../../drivers/privcmd/privcmd.ts';
import type { PrivcmdWatch } from '../../drivers/privcmd/privcmd-file.ts';
import type { StoreEvent, StoreLink } from '../../drivers/xenbus/store-link.ts';
import type { DirectoryNode } from '../../fuse/node.ts';
import type { Session } from '../../fuse/session.ts';
import { builtGuestScript } from '../../guests/console-script.ts';
import { type DeviceRings, shareRings } from '../../guests/device-ring.ts';
import { Guests } from '../../guests/guests.ts';
import { TraceRing } from '../../trace/ring.ts';
import type { LoadedHypercalls } from '../../user-hypercalls/loaded.ts';
import { type Abi, DEFAULT_XEN_VERSION, isXenVersion, loadAbi, loadAllAbis, xenVersions } from '../../xen/abi/abi.ts';
import { addTracer } from '../../xen/call/tracers.ts';
import { createHypervisor } from '../../xen/create-hypervisor.ts';
import type { Hypervisor } from '../../xen/hypervisor.ts';
import { shows } from '../log/log.ts';
import { callLogger } from '../log/log-calls.ts';
import { openSerialLine } from '../log/serial-line.ts';
import type { GuestOrder } from '../protocol/guest-order.ts';
import type { LogLevel, Settings } from '../protocol/settings.ts';
import type { Later } from '../transport/later.ts';
import { DomainViews } from './domain-views.ts';
import { makeMachine } from './host-machine.ts';
import { Insight } from './insight.ts';
import { obeyOrder } from './obey-order.ts';
import type { CutOff, RunningCode } from './running-code.ts';
import { WatchedMemory } from './watched-memory.ts';

export interface WorldTools {
  log(level: LogLevel, message: string, fields?: Record<string, unknown>): void;
  /** One word, odd while a copy from or to a caller takes place. */
  copying: Int32Array;
  /** Told when code of the user's runs. */
  code: RunningCode;
  /** Takes what is left of calls that gave way to others. */
  later: Later;
  /** A file of the user's hypercalls is about to be loaded. */
  loading(file: string): void;
  /** Told of what happens to descriptors of privcmd: absent where FUSE is the only way in. */
  watch?: PrivcmdWatch;
  /** The way to xenstored. */
  store: StoreLink;
}

/** What the hypervisor thread serves. */
export interface World {
  root: DirectoryNode;
  /** The bytes of the console ring. */
  dmesg(): Uint8Array;
  /** Code of the user's was cut off: says which, and forgets the call that it belongs to. */
  cutOff(code: CutOff): void;
  /** Why the last failing calls failed. */
  explanations(): string;
  /** Loads a file of the user's hypercalls again. */
  reload(file: string): void;
  /**
   * The ioctl IOCTL_PRIVCMD_HYPERCALL of a 64-bit thread on an open privcmd, which came in a way that does not hold the caller:
   * what it returns. Undefined: nothing was done, for the caller's memory may be copied only while it is held.
   */
  hypercall(file: PrivcmdState, tid: number, argument: number, call: LooseCall): number | bigint | undefined;
  /** A guest's kernel is to do something. */
  orderGuest(id: number, order: GuestOrder): void;
  /** Pages and a port that a guest's frontend driver shares with dom0. Undefined if there is no such guest, or no room. */
  shareRings(id: number, count: number): DeviceRings | undefined;
  /** Whether a guest can do anything: it is neither paused nor shut down. Undefined if there is no such guest. */
  guestRuns(id: number): boolean | undefined;
  /** What comes back from xenstored. */
  fromStore(event: StoreEvent): void;
  /** Gives the drivers their way to wake pollers. */
  attach(session: Session): void;
}

/** What the user asked for cannot be: exit status 2. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly exitStatus = 2;
}

export async function buildWorld(settings: Settings, tools: WorldTools): Promise<World> {
  const scenario =
    settings.scenario === undefined
      ? undefined
      : await (await import('./open-scenario.ts')).openScenario(settings.scenario);
  const hypervisor = createHypervisor({
    abi: await loadRelease(settings.xenVersion ?? (await treeRelease(settings.hypercalls)) ?? DEFAULT_XEN_VERSION),
    machine: scenario?.machine(makeMachine(settings.machine)) ?? makeMachine(settings.machine),
    ...(settings.xenCommandLine !== undefined && { commandLine: settings.xenCommandLine }),
    guestFrames: (domid) => guestFile(domid, tools),
    dom0Bits: settings.dom0Bits,
    anyInterfaceVersion: settings.anyInterfaceVersion,
    ...(settings.anyInterfaceVersion && { otherAbis: await loadAllAbis() }),
  });
  if (shows(settings.logLevel, 'debug')) addTracer(hypervisor.hooks, callLogger(tools.log));
  hypervisor.hooks.handlerFailed.add(({ name }, error) => {
    tools.log('error', `${name}: ${error instanceof Error ? error.stack : error}`);
  });
  const guests = new Guests(hypervisor, scenario?.built ?? builtGuestScript);
  scenario?.apply(hypervisor, guests);
  hypervisor.turn = tools.later;
  connectSerial(hypervisor, settings.serial);
  const loaded = await loadUsersHypercalls(hypervisor, settings, tools);
  const owner: Owner = { uid: process.geteuid?.() ?? 0, gid: process.getegid?.() ?? 0 };
  const memory = new WatchedMemory(tools.copying, { strict: settings.strictMemory });
  const insight = new Insight({
    hypervisor,
    owner,
    files: () => loaded?.files ?? [],
    strictMemory: settings.strictMemory,
    explain: settings.explain,
  });
  if (settings.trace !== undefined) insight.trace(new TraceRing(settings.trace.buffer), settings.trace.verbosity);
  let session: Session | undefined;
  const pollers = new RingPollers(hypervisor.console, (handle) => session?.notifyPoll(handle));
  const views = new DomainViews(
    {
      hypervisor,
      owner,
      memory: (tid) => memory.attach(tid),
      pollers,
      notifyPoll: (handle) => session?.notifyPoll(handle),
      warn: (text) => tools.log('warn', text),
      store: tools.store,
      later: (work) => tools.later.add(work),
    },
    () => insight.entries(),
  );
  views.onView = ({ privcmd }) => insight.explains(privcmd);
  const { root, privcmd } = views.open(settings.domain ?? 0, settings.domainType ?? 'pv', {
    unrestricted: settings.privcmdUnrestricted,
    watch: tools.watch,
  });
  return {
    root,
    dmesg: () => ringBytes(hypervisor),
    cutOff(code) {
      hypervisor.abandonCalls();
      privcmd.onlyShort = false;
      tools.later.mayGiveWay = true;
      if (code.kind === 'handler') sayCutOff(hypervisor, code.what, settings, tools);
      else loaded?.notReloaded(`${code.what}: its top-level code takes too long: it must only define hypercalls`);
    },
    explanations: () => insight.explanations(),
    reload: (file) => loaded?.reload(file),
    hypercall(file, tid, argument, call) {
      memory.attach(tid, call);
      // This way in cannot answer later.
      privcmd.onlyShort = true;
      tools.later.mayGiveWay = false;
      try {
        const result = privcmd.ioctl(file, memory, IOCTL_PRIVCMD_HYPERCALL, argument, false, tid);
        return memory.forbidden || privcmd.postponed ? undefined : result;
      } finally {
        privcmd.onlyShort = false;
        tools.later.mayGiveWay = true;
      }
    },
    orderGuest: (id, order) => obeyOrder(hypervisor, id, order),
    shareRings(id, count) {
      const guest = hypervisor.domains.get(id);
      return guest === undefined || guest.dying !== 'no' ? undefined : shareRings(guest, 0, count);
    },
    guestRuns(id) {
      const guest = hypervisor.domains.get(id);
      return guest === undefined || guest.dying !== 'no' ? undefined : guest.runs;
    },
    fromStore: (event) => views.receive(event),
    attach: (made) => {
      session = made;
    },
  };
}

/** Guest memory that callers can map; undefined where this system makes no file in memory. */
function guestFile(domid: number, { log }: WorldTools): FileFrames | undefined {
  try {
    return new FileFrames(domid);
  } catch (error) {
    log('warn', `memory of domain ${domid} cannot be mapped: ${error instanceof Error ? error.message : error}`);
    return undefined;
  }
}

/** The release of the source tree among the user's files; undefined without one. */
async function treeRelease(files: readonly string[]): Promise<string | undefined> {
  const directory = files.find((file) => statSync(file, { throwIfNoEntry: false })?.isDirectory());
  if (directory === undefined) return undefined;
  const { SourceTree } = await import('../../user-hypercalls/patch/source-tree.ts');
  const { LoadError } = await import('../../user-hypercalls/load-error.ts');
  try {
    return new SourceTree(directory).version;
  } catch (error) {
    if (error instanceof LoadError) throw new SettingsError(error.message);
    throw error;
  }
}

async function loadRelease(version: string): Promise<Abi> {
  if (!isXenVersion(version)) throw new SettingsError(`no Xen ${version}: --xen knows ${xenVersions.join(', ')}`);
  return loadAbi(version);
}

function sayCutOff(hypervisor: Hypervisor, what: string, { handlerTimeout }: Settings, { log }: WorldTools): void {
  const text = `${what}: the handler was cut off after ${handlerTimeout} ms; the caller gets ETIMEDOUT`;
  hypervisor.console.printk(`<0>${text}\n`);
  log('error', text);
}

function connectSerial(hypervisor: Hypervisor, path: string | undefined): void {
  if (path === undefined) return;
  try {
    const write = openSerialLine(path);
    // Its start-up messages are older than the line.
    write(ringBytes(hypervisor));
    hypervisor.console.onSerial.add(write);
  } catch (error) {
    throw new SettingsError(`cannot open the serial line: ${error instanceof Error ? error.message : error}`);
  }
}

/** Imported only when needed: the loader for TypeScript takes longer to load than all the rest. */
async function loadUsersHypercalls(
  hypervisor: Hypervisor,
  settings: Settings,
  { log, code, loading }: WorldTools,
): Promise<LoadedHypercalls | undefined> {
  if (settings.hypercalls.length === 0) return undefined;
  const { LoadedHypercalls } = await import('../../user-hypercalls/loaded.ts');
  const { LoadError } = await import('../../user-hypercalls/load-error.ts');
  const loaded = new LoadedHypercalls({
    hypervisor,
    onFailure: ({ name }, error) => log('error', `${name}: ${error instanceof Error ? error.stack : error}`),
    say: log,
    watch: {
      begin(kind, what) {
        if (kind === 'loading') loading(what);
        code.begin(kind, what);
      },
      end: () => code.end(),
    },
  });
  try {
    loaded.load(settings.hypercalls);
  } catch (error) {
    if (error instanceof LoadError) throw new SettingsError(error.message);
    throw error;
  }
  return loaded;
}

function ringBytes({ console: { ring } }: Hypervisor): Uint8Array {
  const bytes = new Uint8Array(ring.total - ring.oldest);
  ring.read(ring.oldest, bytes);
  return bytes;
}
