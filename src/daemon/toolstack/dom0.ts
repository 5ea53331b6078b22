// A whole dom0 in a private view: starts Xen's own daemons before the user's program, and stops them after it.

import { readlinkSync } from 'node:fs';
import type { Log } from '../log/log.ts';
import type { Daemon } from '../main-thread/daemon.ts';
import { MadeView } from '../run/made-view.ts';
import type { ViewOptions } from '../run/private-view.ts';
import { DeviceDrivers } from './device-drivers.ts';
import { endNamespace } from './end-namespace.ts';
import type { XenTools } from './find-tools.ts';
import { GuestAgent } from './guest-agent.ts';
import { startKeeper } from './keeper.ts';
import { type ScenarioDevices, scenarioDevices } from './scenario-devices.ts';
import { Services, XENSTORED_SOCKET } from './services.ts';

export interface Dom0Options {
  view: ViewOptions;
  tools: XenTools;
  /** Of its daemons. */
  environment: readonly Uint8Array[];
  /** File that describes the domains. */
  scenario: string | undefined;
  log: Log;
}

export class Dom0 {
  /** Where programs see it. */
  readonly view: MadeView;
  readonly #log: Log;
  readonly #scenario: string | undefined;
  readonly #namespace: string;
  readonly #dismissKeeper: () => void;
  #drivers: DeviceDrivers | undefined;
  #ending = false;

  private constructor(view: MadeView, log: Log, scenario: string | undefined) {
    this.#scenario = scenario;
    this.view = view;
    this.#log = log;
    this.#namespace = readlinkSync(`/proc/self/fd/${view.namespace}`);
    this.#dismissKeeper = startKeeper(this.#namespace, view.namespace);
  }

  /** Resolves when its daemons run. Throws with what failed. */
  static async start({ view, tools, environment, scenario, log }: Dom0Options): Promise<Dom0> {
    const dom0 = new Dom0(new MadeView({ ...view, toolstack: true }), log, scenario);
    try {
      await new Services(dom0.view, tools, environment).start(scenario);
    } catch (error) {
      await dom0.end();
      throw error;
    }
    return dom0;
  }

  /** From here on guests carry out orders from xenstore, and devices connect. */
  async startAgent(daemon: Daemon): Promise<void> {
    const effect = 'tools that wait for it may wait for ever, as on Xen, and what is asked of it fails';
    const sayGone = () => {
      if (!this.#ending) this.#log.write('warn', `xenstored has ended: ${effect}. End this run and start another`);
    };
    try {
      const socket = this.view.path(XENSTORED_SOCKET);
      await GuestAgent.start(socket, daemon, sayGone);
      this.#drivers = await DeviceDrivers.start({
        socket,
        hypervisor: daemon,
        view: (path) => this.view.path(path),
        scenario: await this.#devices(),
        note: (text) => {
          if (!this.#ending) this.#log.write('warn', text);
        },
      });
    } catch (error) {
      if (!this.#ending) this.#log.write('warn', `guest agent: ${error}`);
    }
  }

  async #devices(): Promise<ScenarioDevices | undefined> {
    if (this.#scenario === undefined) return undefined;
    const { loadScenario } = await import('../../scenario/load.ts');
    return scenarioDevices(await loadScenario(this.#scenario));
  }

  /** Called when the user's program has ended: stops reporting xenstored's end, and ends the remaining processes in the view. */
  async end(): Promise<void> {
    this.#ending = true;
    await endNamespace(this.#namespace);
    await this.#drivers?.end(); // now: no script makes a disk any more
    this.#dismissKeeper();
    this.view.close();
  }
}
