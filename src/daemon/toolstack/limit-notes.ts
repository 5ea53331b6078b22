import { say } from '../../language/say.ts';

const DRIVER_DOMAIN = /^\/local\/domain\/([1-9]\d*)\/backend\/(\w+)\/\d+\/\d+\/state$/;
const DEVICE_MODEL = /^\/local\/domain\/0\/device-model\/(\d+)\/state$/;

/** Says what is not simulated (docs/not-simulated.md) when a toolstack meets it: once for each kind. */
export class LimitNotes {
  readonly #note: (text: string) => void;
  readonly #said = new Set<string>();

  constructor(note: (text: string) => void) {
    this.#note = note;
  }

  /** A key in xenstore has changed. */
  meet(path: string): void {
    const [, driver, type] = DRIVER_DOMAIN.exec(path) ?? [];
    if (driver !== undefined)
      this.#once('driver domain', () =>
        say('no driver in domain {driver} serves this {type}: only dom0 has backends (docs/not-simulated.md)', {
          driver,
          type,
        }),
      );
    const [, domain] = DEVICE_MODEL.exec(path) ?? [];
    if (domain === undefined) return;
    this.#once('hvm', () =>
      say('domain {domain} has QEMU as its device model, but its BIOS and kernel do not run (docs/not-simulated.md)', {
        domain,
      }),
    );
  }

  meetDevice({ type, domain }: { type: string; domain: number }): void {
    this.#once(type, () =>
      say(
        '{type} of domain {domain}: only its states in xenstore are simulated, no data passes (docs/not-simulated.md)',
        {
          type,
          domain,
        },
      ),
    );
  }

  #once(kind: string, text: () => string): void {
    if (this.#said.has(kind)) return;
    this.#said.add(kind);
    this.#note(text());
  }
}
