import type { Abi } from '../abi/abi.ts';
import { behaves } from '../abi/behaviour.ts';
import type { Domain } from './domain.ts';
import type { Vcpu } from './vcpu.ts';

/** XEN_X86_EMU_*. */
const emu = { hpet: 1 << 1, pm: 1 << 2, rtc: 1 << 3, ioapic: 1 << 4, pic: 1 << 5, pit: 1 << 8 } as const;

/** A device's record in the stream of gethvmcontext (arch-x86/hvm/save.h). */
export interface HvmRecord {
  readonly type: number;
  readonly name: string;
  /** A record for each virtual CPU; otherwise for the domain. */
  readonly ofVcpu: boolean;
  /** Bytes of one instance's data. */
  readonly bytes: number;
  /** How many instances a domain has. */
  readonly instances: number;
  /** Shorter data is accepted as well: older releases wrote less. */
  readonly mayBeShorter: boolean;
  /** Whether there is something to save. If undefined, a virtual CPU's record is saved if the virtual CPU has ever run. */
  has(domain: Domain, vcpu: Vcpu | undefined): boolean;
  /** Writes the values that are not zero: those after creation, the time, what domctls have set. */
  fill(view: DataView, instance: number, moment: Moment): void;
}

/** Whose state is saved, and when. */
export interface Moment {
  readonly domain: Domain;
  /** Milliseconds since the epoch. */
  readonly time: number;
}

type Given = Pick<HvmRecord, 'type' | 'name' | 'bytes'> & Partial<HvmRecord>;

const record = (given: Given): HvmRecord => ({
  ofVcpu: false,
  instances: 1,
  mayBeShorter: false,
  has: () => true,
  fill: () => undefined,
  ...given,
});

const emulates = (flag: number) => (domain: Domain) => (domain.emulationFlags & flag) !== 0;
const never = () => false;

/** A masked entry of an interrupt controller. */
const MASKED = 0x1_0000;

/** struct hvm_hw_vioapic: its address, 16 bytes of head, 48 entries of the redirection table. */
function fillIoapic(view: DataView): void {
  view.setUint32(0, 0xfec0_0000, true);
  for (let at = 16; at < view.byteLength; at += 8) view.setUint32(at, MASKED, true);
}

/** The local APIC's registers, 16 bytes apart: id, version, destination format, spurious vector, and the local vectors. */
function fillApicRegisters(view: DataView, vcpu: number): void {
  view.setUint32(0x20, (vcpu * 2) << 24, true);
  view.setUint32(0x30, 0x5_0014, true);
  view.setUint32(0xe0, 0xffff_ffff, true);
  view.setUint32(0xf0, 0xff, true);
  for (let at = 0x320; at <= 0x370; at += 0x10) view.setUint32(at, MASKED, true);
}

/** struct hvm_hw_lapic: enabled in its MSR (the first is the boot CPU's), disabled by software, divided by two. */
function fillApic(view: DataView, vcpu: number): void {
  view.setUint32(0, vcpu === 0 ? 0xfee0_0900 : 0xfee0_0800, true);
  view.setUint32(8, 2, true);
  view.setUint32(12, 2, true);
}

/** struct hvm_hw_hpet: three timers that never fire. */
function fillHpet(view: DataView): void {
  view.setUint32(0, 0x8086_a201, true);
  view.setUint32(4, 16_000_000, true);
  for (let timer = 0; timer < 3; timer += 1) {
    const at = 256 + timer * 32;
    view.setUint32(at, 0x30, true);
    view.setUint32(at + 4, 0xf0_0000, true);
    view.setBigUint64(at + 8, 0xffff_ffff_ffff_ffffn, true);
  }
}

const decimal = (number: number) => Math.floor(number / 10) * 16 + (number % 10);

/** struct hvm_hw_rtc: the time in decimal digits, the status registers, and the clock's offset in seconds. */
function fillRtc(view: DataView, { domain, time }: Moment): void {
  const now = new Date(time);
  view.setUint8(0, decimal(now.getUTCSeconds()));
  view.setUint8(2, decimal(now.getUTCMinutes()));
  view.setUint8(4, decimal(now.getUTCHours()));
  view.setUint8(6, now.getUTCDay());
  view.setUint8(7, decimal(now.getUTCDate()));
  view.setUint8(8, decimal(now.getUTCMonth() + 1));
  view.setUint8(9, decimal(now.getUTCFullYear() % 100));
  view.setUint8(10, 0x26);
  view.setUint8(11, 0x02);
  view.setUint8(13, 0x80);
  view.setBigInt64(16, BigInt(domain.timeOffsetSeconds), true);
}

/** struct hvm_vmce_vcpu: MCG_CAP, a control register for each of two banks, MCG_EXT_CTL. */
function fillMachineCheck(view: DataView, vcpu: Vcpu | undefined): void {
  for (const [index, value] of vcpu?.machineCheck.entries() ?? []) view.setBigUint64(index * 8, value, true);
}

/** struct hvm_hw_mtrr: the PAT, and the capabilities. */
function fillMtrr(view: DataView): void {
  view.setBigUint64(0, 0x0007_0406_0007_0406n, true);
  view.setUint32(224, 0x508, true);
}

/** The devices whose state a release saves, in the order in which it does. */
export function hvmRecords(abi: Pick<Abi, 'major' | 'minor'>): readonly HvmRecord[] {
  const pitMode = behaves(abi, 'pitStartsInModeSeven') ? 7 : 0xff;
  const savedMsrs = 8 + Number(behaves(abi, 'ninthSavedMsr')) + Number(behaves(abi, 'tenthSavedMsr'));
  const fillPit = (view: DataView) => {
    for (let channel = 0; channel < 3; channel += 1) {
      view.setUint32(channel * 16, MASKED, true);
      view.setUint8(channel * 16 + 13, pitMode);
      // The gate of the speaker's channel is closed.
      view.setUint8(channel * 16 + 15, channel < 2 ? 1 : 0);
    }
  };
  const ran = (_: Domain, vcpu: Vcpu | undefined) => vcpu?.initialised === true;
  return [
    record({ type: 2, name: 'CPU', bytes: 1032, ofVcpu: true, mayBeShorter: true, has: ran }),
    record({
      type: 3,
      name: 'PIC',
      bytes: 8,
      instances: 2,
      has: emulates(emu.pic),
      fill: (view, instance) => view.setUint32(4, instance === 0 ? 0x4_4000 : 0, true),
    }),
    record({ type: 4, name: 'IOAPIC', bytes: 400, has: emulates(emu.ioapic), fill: fillIoapic }),
    record({
      type: 5,
      name: 'LAPIC',
      bytes: behaves(abi, 'apicTimerSaved') ? 32 : 24,
      ofVcpu: true,
      mayBeShorter: true,
      fill: fillApic,
    }),
    record({ type: 6, name: 'LAPIC_REGS', bytes: 1024, ofVcpu: true, fill: fillApicRegisters }),
    record({ type: 7, name: 'PCI_IRQ', bytes: 16 }),
    record({ type: 8, name: 'ISA_IRQ', bytes: 8 }),
    record({ type: 9, name: 'PCI_LINK', bytes: 8 }),
    record({ type: 10, name: 'PIT', bytes: 56, has: emulates(emu.pit), fill: fillPit }),
    record({
      type: 11,
      name: 'RTC',
      bytes: 24,
      has: emulates(emu.rtc),
      fill: (view, _, moment) => fillRtc(view, moment),
    }),
    record({ type: 12, name: 'HPET', bytes: 1048, has: emulates(emu.hpet), fill: fillHpet }),
    record({ type: 13, name: 'PMTIMER', bytes: 8, has: emulates(emu.pm) }),
    record({ type: 14, name: 'MTRR', bytes: 240, ofVcpu: true, fill: fillMtrr }),
    record({ type: 15, name: 'VIRIDIAN_DOMAIN', bytes: 32, mayBeShorter: true, has: never }),
    record({ type: 16, name: 'CPU_XSAVE', bytes: 24, ofVcpu: true, mayBeShorter: true, has: never }),
    record({ type: 17, name: 'VIRIDIAN_VCPU', bytes: 216, ofVcpu: true, mayBeShorter: true, has: never }),
    record({
      type: 18,
      name: 'VMCE_VCPU',
      bytes: 32,
      ofVcpu: true,
      mayBeShorter: true,
      fill: (view, instance, { domain }) => fillMachineCheck(view, domain.vcpus[instance]),
    }),
    record({ type: 19, name: 'TSC_ADJUST', bytes: 8, ofVcpu: true }),
    record({ type: 20, name: 'CPU_MSR', bytes: 8 + savedMsrs * 16, ofVcpu: true, mayBeShorter: true, has: never }),
  ];
}

/** Types whose data may be longer than what this model saves: the toolstack's XSAVE areas and MSRs are kept as they come. */
export const ofAnyLength: ReadonlySet<number> = new Set([16, 20]);
