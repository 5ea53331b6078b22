import type { StoreRequest } from '../protocol/messages.ts';
import type { RelayOptions, XenbusRelay } from './xenbus-relay.ts';

/** Passes requests to the relay, which is loaded when xenbus is first opened: most runs never open it. */
export class StoreRequests {
  readonly #options: RelayOptions;
  #loading: Promise<XenbusRelay> | undefined;
  #relay: XenbusRelay | undefined;
  #ended = false;

  constructor(options: RelayOptions) {
    this.#options = options;
  }

  serve(request: StoreRequest): void {
    this.#loading ??= import('./xenbus-relay.ts').then((loaded) => {
      this.#relay = new loaded.XenbusRelay(this.#options);
      return this.#relay;
    });
    void this.#loading.then((relay) => !this.#ended && relay.serve(request)).catch(() => {});
  }

  /** Called when the hypervisor thread has ended. */
  end(): void {
    this.#ended = true;
    this.#relay?.end();
  }
}
