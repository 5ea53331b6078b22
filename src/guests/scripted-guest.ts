import type { Domain } from '../xen/domain/domain.ts';
import { shutdownDomain } from '../xen/domain/lifecycle.ts';
import { guestAccess } from '../xen/domain/monitor/guest-access.ts';
import type { Hypervisor } from '../xen/hypervisor.ts';
import type { BootInformation } from './boot-information.ts';
import { GuestConsoleRing } from './console-ring.ts';
import { answerTo, type ConsoleScript, type Facts, fillIn, reasonOf, type ScriptedEnd } from './console-script.ts';
import { Terminal } from './terminal.ts';

const PAGES_PER_MIB = 256;
const NEWLINE = 0x0a;
const RETURN = 0x0d;

/**
 * Runs one domain's script. It runs only after an event, while there is something to do. It needs bounded memory, whatever is typed: no
 * line is answered while output waits for room in the ring.
 */
export class ScriptedGuest {
  readonly #hypervisor: Hypervisor;
  readonly #domain: Domain;
  readonly #boot: BootInformation;
  readonly #script: ConsoleScript;
  readonly #ring: GuestConsoleRing;
  readonly #terminal: Terminal;
  /** Input that is not yet answered. */
  #keys: Uint8Array = new Uint8Array();
  /** Output that is not yet in the ring. */
  #output: Uint8Array = new Uint8Array();
  /** It shuts down with this reason once the output is in the ring. */
  #end: ScriptedEnd | undefined;

  constructor(hypervisor: Hypervisor, domain: Domain, boot: BootInformation, script: ConsoleScript) {
    this.#hypervisor = hypervisor;
    this.#domain = domain;
    this.#boot = boot;
    this.#script = script;
    const frame = boot.consoleFrame;
    this.#ring = new GuestConsoleRing(domain, frame, (kind, offset) =>
      guestAccess(hypervisor, domain, 0, { frame, offset, kind }),
    );
    this.#terminal = new Terminal(
      (text) => this.#print(text),
      (line) => this.#answer(line),
    );
  }

  /** Prints its first text, and starts handling events. */
  connect(): void {
    const script = this.#script;
    const domain = this.#domain;
    this.#say(script.text ?? '', script.shutdown, '', '');
    if (this.#flush()) domain.eventChannels.send(this.#boot.consolePort);
    domain.hasKernel = true;
    domain.eventChannels.serve((port) => {
      if (port === this.#boot.consolePort) this.run();
    });
  }

  /**
   * Handles an event: keys may have been typed, output may have been read, or the domain or its first virtual CPU may have been unpaused.
   */
  run(): void {
    const domain = this.#domain;
    const boot = this.#boot;
    if (!domain.runs || (domain.vcpus[0]?.pauseCount ?? 0) > 0) return; // the event stays pending
    domain.eventChannels.clearPending(boot.consolePort);
    let happened = this.#flush();
    while (this.#output.length === 0 && this.#end === undefined) {
      if (this.#keys.length === 0) this.#keys = this.#ring.take();
      if (this.#keys.length === 0) break;
      const line = this.#keys.findIndex((key) => key === NEWLINE || key === RETURN) + 1 || this.#keys.length;
      this.#terminal.type(this.#keys.subarray(0, line));
      this.#keys = this.#keys.subarray(line);
      this.#flush();
      happened = true;
    }
    if (happened) domain.eventChannels.send(boot.consolePort);
    if (this.#output.length === 0) this.#goDown();
  }

  #goDown(): void {
    const end = this.#end;
    this.#end = undefined;
    if (end !== undefined) shutdownDomain(this.#hypervisor, this.#domain, reasonOf(end));
  }

  #answer(line: string): void {
    const { answer, rest } = answerTo(this.#script, line);
    this.#say(answer.say ?? '', answer.shutdown, line, rest);
  }

  /** Prints a text, and the prompt unless the guest then shuts down. */
  #say(text: string, end: ScriptedEnd | undefined, line: string, rest: string): void {
    const prompt = end === undefined ? (this.#script.prompt ?? '') : '';
    this.#print(fillIn(text + prompt, this.#facts(line, rest)));
    this.#end = end;
  }

  #facts(line: string, rest: string): Facts {
    const { id, type, totPages, vcpus } = this.#domain;
    return {
      domid: id,
      type: type === 'pv' ? 'PV' : type.toUpperCase(),
      memory: Math.floor(totPages / PAGES_PER_MIB),
      vcpus: vcpus.filter(({ down }) => !down).length,
      cmdline: this.#boot.commandLine,
      line,
      rest,
    };
  }

  #print(text: string): void {
    const bytes = new TextEncoder().encode(text);
    const all = new Uint8Array(this.#output.length + bytes.length);
    all.set(this.#output);
    all.set(bytes, this.#output.length);
    this.#output = all;
  }

  /** Returns whether bytes were written to the ring. */
  #flush(): boolean {
    const done = this.#output.length > 0 ? this.#ring.put(this.#output) : 0;
    this.#output = this.#output.subarray(done);
    return done > 0;
  }
}
