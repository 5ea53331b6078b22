import { setTimeout as sleep } from 'node:timers/promises';
import type { GuestOrder } from '../protocol/guest-order.ts';
import { XenstoreClient } from './xenstore-client.ts';

/** SHUTDOWN_* (sched.h) by the value that tools write to control/shutdown, as in Linux's drivers/xen/manage.c. */
const REASONS: Readonly<Record<string, number>> = { poweroff: 0, halt: 0, reboot: 1, suspend: 2, crash: 3 };
const KEY = /^\/local\/domain\/([1-9]\d*)\/(.+)$/;
const AVAILABILITY = /^cpu\/(\d+)\/availability$/;
const TOKEN = 'guest-agent';
/** SHUTDOWN_crash, the effect of sysrq `c`. */
const CRASH = 3;
/** memory/target is in KiB. */
const KIB_PER_PAGE = 4;

/** Poll interval for whether a paused guest runs again. */
const PAUSED_MS = 200;

/** The hypervisor operations that the agent needs; Daemon implements them. */
export interface GuestControl {
  orderGuest(domain: number, order: GuestOrder): Promise<void>;
  /** Whether the guest is neither paused nor shut down; undefined if there is no such guest. */
  guestRuns(domain: number): Promise<boolean | undefined>;
}

/**
 * Reacts to the toolstack's keys as a Linux guest's kernel does, for all guests: control/shutdown, control/sysrq, memory/target and
 * cpu/N/availability.
 */
export class GuestAgent {
  readonly #client: XenstoreClient;
  readonly #guests: GuestControl;
  /** Keys of paused guests, to be handled once the guest runs. */
  readonly #waiting = new Set<string>();

  private constructor(client: XenstoreClient, guests: GuestControl) {
    this.#client = client;
    this.#guests = guests;
  }

  /** Starts the agent. It runs as long as xenstored, calls `onEnd` when that ends, and does not keep this process alive. */
  static async start(socket: string, guests: GuestControl, onEnd: () => void): Promise<void> {
    const client = await XenstoreClient.open(socket);
    client.unref();
    client.onEnd = onEnd;
    const agent = new GuestAgent(client, guests);
    client.onWatch = (path) => {
      const [, id, key = ''] = KEY.exec(path) ?? [];
      if (id !== undefined && isOrder(key)) agent.#obey(Number(id), path, key).catch(() => {}); // the domain or xenstored is gone
    };
    await client.watch('/local/domain', TOKEN);
  }

  async #obey(id: number, path: string, key: string): Promise<void> {
    if (this.#waiting.has(path)) return; // it is read once the guest runs
    this.#waiting.add(path);
    const runs = await this.#runs(id);
    this.#waiting.delete(path);
    if (!runs) return;
    const value = await this.#client.read(path);
    const order = orderOf(key, value);
    if (order === undefined) return;
    if (key.startsWith('control/')) await this.#client.write(path, ''); // acknowledge the order
    await this.#guests.orderGuest(id, order);
  }

  /** Waits until the guest is unpaused, since a paused guest does nothing. False if it will never run. */
  async #runs(id: number): Promise<boolean> {
    for (;;) {
      const runs = await this.#guests.guestRuns(id);
      if (runs !== false) return runs === true;
      await sleep(PAUSED_MS, undefined, { ref: false });
    }
  }
}

function isOrder(key: string): boolean {
  return key === 'control/shutdown' || key === 'control/sysrq' || key === 'memory/target' || AVAILABILITY.test(key);
}

function orderOf(key: string, value: string): GuestOrder | undefined {
  const vcpu = AVAILABILITY.exec(key)?.[1];
  if (vcpu !== undefined) return { kind: 'vcpu', vcpu: Number(vcpu), online: value === 'online' };
  if (key === 'memory/target') {
    const pages = Math.floor(Number(value) / KIB_PER_PAGE);
    return pages > 0 ? { kind: 'balloon', pages } : undefined;
  }
  if (key === 'control/sysrq') return value === 'c' ? { kind: 'shutdown', reason: CRASH } : undefined;
  const reason = REASONS[value];
  return reason === undefined ? undefined : { kind: 'shutdown', reason };
}
