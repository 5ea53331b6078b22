import type { Domain } from '../../domain/domain.ts';
import { type HvmRecord, ofAnyLength } from '../../domain/hvm-records.ts';
import { CPU, DESCRIPTOR_BYTES, END, HEADER } from '../../domain/hvm-stream.ts';
import { errno } from '../../errno.ts';
import type { Hypervisor } from '../../hypervisor.ts';
import type { DomctlRequest } from './family.ts';

/** struct hvm_save_header. */
export const header = { bytes: 24, magic: 0x54381286, version: 1 } as const;

/** Restores a stream, and prints the messages that Xen prints. */
export class HvmRestore {
  readonly #records: readonly HvmRecord[];
  readonly #checksFirst: boolean;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #domain: Domain;
  readonly #hypervisor: Hypervisor;

  constructor(records: readonly HvmRecord[], checksFirst: boolean, bytes: Uint8Array, request: DomctlRequest) {
    this.#records = records;
    this.#checksFirst = checksFirst;
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer);
    this.#domain = request.domain;
    this.#hypervisor = request.hypervisor;
  }

  run(): number {
    const refused = this.#readHeader();
    if (refused !== 0) return refused;
    if (!this.#checksFirst) return this.#each(true);
    const checked = this.#each(false);
    return checked === 0 ? this.#each(true) : checked;
  }

  #print(text: string): void {
    this.#hypervisor.console.printk(`<G><0>${text}\n`);
  }

  #say(text: string): void {
    this.#print(`HVM${this.#domain.id} restore: ${text}`);
  }

  #mismatch(expected: string, at: number): void {
    const [type, length] = [this.#view.getUint16(at, true), this.#view.getUint32(at + 4, true)];
    const left = this.#bytes.length - at - DESCRIPTOR_BYTES;
    this.#print(
      `HVM restore mismatch: expected ${expected}, saw type ${type} length ${length}.  ${left} bytes remaining`,
    );
  }

  #readHeader(): number {
    if (this.#bytes.length < DESCRIPTOR_BYTES) {
      this.#print(`HVM restore: not enough data left to read 8 bytes for type ${HEADER} header`);
      return -errno.ENODATA;
    }
    const fits = this.#view.getUint16(0, true) === HEADER && this.#view.getUint32(4, true) === header.bytes;
    if (!fits || this.#bytes.length < DESCRIPTOR_BYTES + header.bytes) {
      this.#mismatch(`strict type ${HEADER} length ${header.bytes}`, 0);
      return -errno.ENODATA;
    }
    const [magic, version] = [this.#view.getUint32(8, true), this.#view.getUint32(12, true)];
    if (magic !== header.magic) {
      this.#say(`bad magic number 0x${magic.toString(16).padStart(8, '0')}`);
      return -errno.EINVAL;
    }
    if (version !== header.version) {
      this.#say(`unsupported version ${version}`);
      return -errno.EINVAL;
    }
    return 0;
  }

  /** Iterates over the records; if `load`, applies them. */
  #each(load: boolean): number {
    let at = DESCRIPTOR_BYTES + header.bytes;
    for (;;) {
      if (this.#bytes.length - at < DESCRIPTOR_BYTES) {
        this.#say('save did not end with a null entry');
        return -errno.ENODATA;
      }
      const [type, instance] = [this.#view.getUint16(at, true), this.#view.getUint16(at + 2, true)];
      if (type === END) return 0;
      const record = this.#records.find((each) => each.type === type);
      if (record === undefined) {
        this.#say(`unknown entry typecode ${type}`);
        return -errno.EINVAL;
      }
      const who = this.#checksFirst ? `HVM restore d${this.#domain.id}` : `HVM${this.#domain.id} restore`;
      if (load) this.#hypervisor.console.printk(`<G><2>${who}: ${record.name} ${instance}\n`);
      const refused = this.#check(record, instance, at);
      if (refused !== 0) {
        if (this.#checksFirst) this.#print(`${who}: failed to check ${record.name}:${instance} rc ${refused}`);
        else this.#say(`failed to load entry ${type}/${instance} rc ${refused}`);
        return refused;
      }
      if (load && type === CPU) this.#start(instance);
      at += DESCRIPTOR_BYTES + this.#view.getUint32(at + 4, true);
    }
  }

  #check(record: HvmRecord, instance: number, at: number): number {
    const length = this.#view.getUint32(at + 4, true);
    const count = record.ofVcpu ? this.#domain.vcpus.length : record.instances;
    if (instance >= count) return this.#checksFirst && !record.ofVcpu ? -errno.ENOENT : -errno.EINVAL;
    const fits =
      length === record.bytes || (record.mayBeShorter && length < record.bytes) || ofAnyLength.has(record.type);
    if (fits && at + DESCRIPTOR_BYTES + length <= this.#bytes.length) return 0;
    this.#mismatch(`${record.mayBeShorter ? 'zeroextend' : 'strict'} type ${record.type} length ${record.bytes}`, at);
    return this.#checksFirst ? -errno.ENODATA : -errno.EINVAL;
  }

  #start(instance: number): void {
    const vcpu = this.#domain.vcpus[instance];
    if (vcpu === undefined) return;
    vcpu.initialised = true;
    vcpu.setDown(false, this.#hypervisor.now());
  }
}
