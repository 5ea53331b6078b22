import { XenstoreClient } from './xenstore-client.ts';

/** SHUTDOWN_* (sched.h) by what the tools write to control/shutdown, as Linux's drivers/xen/manage.c knows it. */
const REASONS: Readonly<Record<string, number>> = { poweroff: 0, halt: 0, reboot: 1, suspend: 2 };
const CONTROL = /^\/local\/domain\/([1-9]\d*)\/control\/shutdown$/;
const TOKEN = 'guest-agent';

/** How often it looks whether a paused guest runs again. */
const PAUSED_MS = 200;

/** What the agent needs of the hypervisor: Daemon. */
export interface Guests {
  /** Shuts a guest down for a reason (SHUTDOWN_*). */
  shutdownGuest(domain: number, reason: number): Promise<void>;
  /** Whether it can do anything now; undefined if there is no such guest. */
  guestRuns(domain: number): Promise<boolean | undefined>;
}

/** What a Linux guest's kernel does with control/shutdown: takes note by emptying it, and goes down. For all guests. */
export class GuestAgent {
  private readonly client: XenstoreClient;
  private readonly guests: Guests;

  private constructor(client: XenstoreClient, guests: Guests) {
    this.client = client;
    this.guests = guests;
  }

  /** It lives as long as xenstored, of whose end `onEnd` is told, and keeps no process alive. */
  static async start(socket: string, guests: Guests, onEnd: () => void): Promise<void> {
    const client = await XenstoreClient.open(socket);
    client.unref();
    client.onEnd = onEnd;
    const agent = new GuestAgent(client, guests);
    client.onWatch = (path) => {
      const id = CONTROL.exec(path)?.[1];
      if (id !== undefined) agent.answer(Number(id), path).catch(() => {}); // the domain is gone, or xenstored
    };
    await client.watch('/local/domain', TOKEN);
  }

  private async answer(id: number, path: string): Promise<void> {
    const reason = REASONS[await this.client.read(path)];
    if (reason === undefined || !(await this.runs(id))) return;
    await this.client.write(path, '');
    await this.guests.shutdownGuest(id, reason);
  }

  /** A paused guest takes note of nothing until it is unpaused. False if it never will. */
  private async runs(id: number): Promise<boolean> {
    for (;;) {
      const runs = await this.guests.guestRuns(id);
      if (runs !== false) return runs === true;
      await new Promise((resolve) => setTimeout(resolve, PAUSED_MS).unref());
    }
  }
}
