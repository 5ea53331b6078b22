import { XenstoreClient } from './xenstore-client.ts';

/** SHUTDOWN_* (sched.h) by what the tools write to control/shutdown, as Linux's drivers/xen/manage.c knows it. */
const REASONS: Readonly<Record<string, number>> = { poweroff: 0, halt: 0, reboot: 1, suspend: 2 };
const CONTROL = /^\/local\/domain\/([1-9]\d*)\/control\/shutdown$/;
const TOKEN = 'guest-agent';

/** Shuts a guest down for a reason (SHUTDOWN_*). */
export type ShutDown = (domain: number, reason: number) => Promise<void>;

/** What a Linux guest's kernel does with control/shutdown: takes note by emptying it, and goes down. For all guests. */
export class GuestAgent {
  private readonly client: XenstoreClient;
  private readonly shutDown: ShutDown;

  private constructor(client: XenstoreClient, shutDown: ShutDown) {
    this.client = client;
    this.shutDown = shutDown;
  }

  /** It lives as long as xenstored, and keeps no process alive. */
  static async start(socket: string, shutDown: ShutDown): Promise<void> {
    const client = await XenstoreClient.open(socket);
    client.unref();
    const agent = new GuestAgent(client, shutDown);
    client.onWatch = (path) => {
      const id = CONTROL.exec(path)?.[1];
      if (id !== undefined) agent.answer(Number(id), path).catch(() => {}); // the domain is gone, or xenstored
    };
    await client.watch('/local/domain', TOKEN);
  }

  private async answer(id: number, path: string): Promise<void> {
    const reason = REASONS[await this.client.read(path)];
    if (reason === undefined) return;
    await this.client.write(path, '');
    await this.shutDown(id, reason);
  }
}
