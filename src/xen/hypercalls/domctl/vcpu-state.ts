import { behaves } from '../../abi/behaviour.ts';
import { supported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { XENLOG_GUEST, XENLOG_WARNING } from '../../console/console.ts';
import type { Vcpu } from '../../domain/vcpu.ts';
import { errno } from '../../errno.ts';
import { isCanonical } from '../canonical.ts';
import { type DomctlRequest, domctlFamily } from './family.ts';

/** The recorded CPU has no XSAVE: the state is its header, xcr0 and xcr0_accum. */
const XSAVE_HEADER_BYTES = 16;
/** MSRs that migrate with a PV virtual CPU, as far as the recorded CPU has them. */
const MAX_MSRS = 7;
/** struct xen_domctl_vcpu_msr: index (4), reserved (4), value (8). */
const MSR_BYTES = 16;
const msr = new Uint8Array(MSR_BYTES);
const msrView = new DataView(msr.buffer);
/** SPEC_CTRL, MISC_FEATURES_ENABLES, TSC_AUX and the address masks of the debug registers. */
const MIGRATED = new Set([0x48, 0x140, 0xc0000103, 0xc0011027, 0xc0011019, 0xc001101a, 0xc001101b]);
/** Bytes of ext_vcpucontext before its machine check part, with MCG_CAP, with both banks' registers, with all. */
const EXT_WITHOUT_VMCE = 32;
const EXT_WITH_CAPS = 40;
const EXT_WITH_BANKS = 56;
const EXT_WITH_ALL = 64;
/** MCG_CAP, MCi_CTL2 of two banks, MCG_EXT_CTL, as far as a release has them. */
const machineCheckFields = ['mcg_cap', 'vmce.mci_ctl2_bank0', 'vmce.mci_ctl2_bank1', 'vmce.mcg_ext_ctl'];

const getvcpuextstate = operation({
  family: domctlFamily,
  name: 'getvcpuextstate',
  status: supported,
  argument: 'vcpuextstate',
  copies: 'always',
  bind({ field }) {
    const id = field('vcpu');
    const features = field('xfeature_mask');
    const size = field('size');
    const buffer = field('buffer');
    return (request) => {
      const { domain, view, call } = request;
      const vcpu = domain.vcpus[id.get(view)];
      if (vcpu === undefined) return -errno.ESRCH;
      if (request.isCurrent(vcpu)) return -errno.EINVAL;
      const room = size.get(view);
      const address = buffer.get(view);
      if ((room === 0 && features.get(view) === 0) || address === 0) {
        features.set(view, 0);
        size.set(view, XSAVE_HEADER_BYTES);
        return 0;
      }
      if (room < XSAVE_HEADER_BYTES || features.get(view) !== 0) return -errno.EINVAL;
      if (!call.copyToGuest(address, new Uint8Array(XSAVE_HEADER_BYTES))) return -errno.EFAULT;
      size.set(view, XSAVE_HEADER_BYTES);
      return 0;
    };
  },
});

const setvcpuextstate = operation({
  family: domctlFamily,
  name: 'setvcpuextstate',
  status: supported,
  argument: 'vcpuextstate',
  bind({ field }) {
    const id = field('vcpu');
    const size = field('size');
    const buffer = field('buffer');
    return (request) => {
      const { domain, view, call } = request;
      const vcpu = domain.vcpus[id.get(view)];
      if (vcpu === undefined) return -errno.ESRCH;
      if (request.isCurrent(vcpu) || size.get(view) !== XSAVE_HEADER_BYTES) return -errno.EINVAL;
      const bytes = new Uint8Array(XSAVE_HEADER_BYTES);
      if (!call.copyFromGuest(buffer.get(view), bytes)) return -errno.EFAULT;
      // Features that the CPU lacks.
      return bytes.some((byte) => byte !== 0) ? -errno.EINVAL : 0;
    };
  },
});

const get_vcpu_msrs = operation({
  family: domctlFamily,
  name: 'get_vcpu_msrs',
  status: supported,
  argument: 'vcpu_msrs',
  copies: 'both',
  bind({ field }) {
    const id = field('vcpu');
    const count = field('msr_count');
    const buffer = field('msrs');
    return (request) => {
      const { domain, view } = request;
      const vcpu = domain.vcpus[id.get(view)];
      if (vcpu === undefined) return -errno.ESRCH;
      if (request.isCurrent(vcpu) || domain.isHvm) return -errno.EINVAL;
      // All of them are zero, and zeroes are left out. A NULL buffer asks for the maximum.
      count.set(view, buffer.get(view) === 0 ? MAX_MSRS : 0);
      return 0;
    };
  },
});

/** The machine lacks the features that these MSRs enable, so they are zero (vcpuctx.msr). */
const mayLoad = (index: number, value: bigint): boolean => MIGRATED.has(index) && value === 0n;

/** Prints which MSR a PV guest cannot have; `msr` holds it. */
function explainMsr({ hypervisor }: DomctlRequest, vcpu: Vcpu): void {
  const index = msrView.getUint32(0, true);
  const value = msrView.getBigUint64(8, true);
  const who = `${XENLOG_GUEST}${XENLOG_WARNING}d${vcpu.domain.id}v${vcpu.id}`;
  const hex = (number: number | bigint) => (BigInt(number) === 0n ? '0' : `0x${number.toString(16)}`);
  if (MIGRATED.has(index)) hypervisor.console.printk(`${who} load MSR ${hex(index)} with value ${hex(value)} failed\n`);
  hypervisor.console.printk(`${who} attempted load of unhandled MSR ${hex(index)}\n`);
}

const set_vcpu_msrs = operation({
  family: domctlFamily,
  name: 'set_vcpu_msrs',
  status: supported,
  argument: 'vcpu_msrs',
  bind({ field, abi }) {
    const named = behaves(abi, 'unknownMsrNamed');
    const refusal = named ? errno.ENXIO : errno.EINVAL;
    const id = field('vcpu');
    const countField = field('msr_count');
    const buffer = field('msrs');
    return (request) => {
      const { domain, view, call } = request;
      const vcpu = domain.vcpus[id.get(view)];
      if (vcpu === undefined) return -errno.ESRCH;
      const count = countField.get(view);
      if (request.isCurrent(vcpu) || domain.isHvm || count > MAX_MSRS) return -errno.EINVAL;
      for (let index = 0; index < count; index += 1) {
        const read = call.copyFromGuest(buffer.get(view) + index * MSR_BYTES, msr);
        if (
          read &&
          msrView.getUint32(4, true) === 0 &&
          mayLoad(msrView.getUint32(0, true), msrView.getBigUint64(8, true))
        )
          continue;
        if (read && named) explainMsr(request, vcpu);
        countField.set(view, index);
        request.copyBack = true;
        return read ? -refusal : -errno.EFAULT;
      }
      return 0;
    };
  },
});

/** Where a PV kernel is entered by system calls of 32-bit programs: two addresses, two selectors, two flags. */
const callbackFields = [
  'syscall32_callback_eip',
  'sysenter_callback_eip',
  'syscall32_callback_cs',
  'sysenter_callback_cs',
  'syscall32_disables_events',
  'sysenter_disables_events',
];

const get_ext_vcpucontext = operation({
  family: domctlFamily,
  name: 'get_ext_vcpucontext',
  status: supported,
  argument: 'ext_vcpucontext',
  copies: 'both',
  bind({ field, optional, struct }) {
    const id = field('vcpu');
    const size = field('size');
    const machineCheck = machineCheckFields.map(optional);
    const whole = struct.field('u.ext_vcpucontext');
    const callbacks = callbackFields.map(optional);
    return (request) => {
      const { domain, view, bytes } = request;
      const asked = id.get(view);
      const vcpu = domain.vcpus[asked];
      if (vcpu === undefined || request.isCurrent(vcpu)) return -errno.ESRCH;
      bytes.fill(0, whole.offset, whole.offset + whole.size);
      for (const [index, callback] of callbacks.entries()) callback?.setBig(view, vcpu.callbacks?.[index] ?? 0n);
      id.set(view, asked);
      size.set(view, whole.size);
      for (const [index, part] of machineCheck.entries()) part?.setBig(view, vcpu.machineCheck[index] ?? 0n);
      return 0;
    };
  },
});

/** Bits of a selector that are not part of its index. */
const PRIVILEGE_LEVEL = 3;
/** Bits of MCG_CAP that a guest may have: its number of banks, and whether there is MCG_CTL. */
const MAX_MCG_CAP = 0x1ffn;

const set_ext_vcpucontext = operation({
  family: domctlFamily,
  name: 'set_ext_vcpucontext',
  status: supported,
  argument: 'ext_vcpucontext',
  bind({ field, optional }) {
    const present = (...names: string[]) => names.map(optional).filter((each) => each !== undefined);
    const id = field('vcpu');
    const size = field('size');
    const entries = present('syscall32_callback_eip', 'sysenter_callback_eip');
    const selectors = present('syscall32_callback_cs', 'sysenter_callback_cs');
    const machineCheck = machineCheckFields.map(optional);
    const callbacks = callbackFields.map(optional);
    return (request) => {
      const { domain, view } = request;
      const vcpu = domain.vcpus[id.get(view)];
      if (vcpu === undefined || request.self) return -errno.ESRCH;
      const bytes = size.get(view);
      if (bytes < EXT_WITHOUT_VMCE) return -errno.EINVAL;
      // Only a PV kernel has callbacks.
      if (domain.isHvm && entries.some((each) => each.get(view) !== 0)) return -errno.EINVAL;
      if (domain.isHvm && selectors.some((each) => each.get(view) > PRIVILEGE_LEVEL)) return -errno.EINVAL;
      if (!domain.isHvm) {
        if (!entries.every((each) => isCanonical(each.getBig(view)))) return -errno.EINVAL;
        vcpu.callbacks = callbacks.map((each) => each?.getBig(view) ?? 0n);
        for (const flag of [4, 5]) vcpu.callbacks[flag] = vcpu.callbacks[flag] === 0n ? 0n : 1n;
        // A guest's code runs in ring 3.
        vcpu.callbacks[2] = (vcpu.callbacks[2] ?? 0n) | BigInt(PRIVILEGE_LEVEL);
        vcpu.callbacks[3] = (vcpu.callbacks[3] ?? 0n) | BigInt(PRIVILEGE_LEVEL);
      }
      if (bytes < EXT_WITH_CAPS) return 0;
      const given = bytes < EXT_WITH_BANKS ? 1 : bytes < EXT_WITH_ALL ? 3 : 4;
      const wanted = machineCheck.map((part, index) => (index < given && part?.getBig(view)) || 0n);
      const [asked = 0n] = wanted;
      if (asked <= MAX_MCG_CAP) {
        vcpu.machineCheck = wanted;
        return 0;
      }
      const kind = domain.isHvm ? 'HVM' : 'PV';
      const who = `d${domain.id}v${id.get(view)}`;
      request.hypervisor.console.printk(
        `<G><0>${kind} restore: unsupported MCA capabilities 0x${asked.toString(16)} for ${who} (supported: 0)\n`,
      );
      return -errno.EINVAL;
    };
  },
});

export const vcpuStateOperations = [
  getvcpuextstate,
  setvcpuextstate,
  get_vcpu_msrs,
  set_vcpu_msrs,
  get_ext_vcpucontext,
  set_ext_vcpucontext,
];
