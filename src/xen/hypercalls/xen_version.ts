import type { Abi } from '../abi/abi.ts';
import type { Call } from '../call/call.ts';
import { subOperationRows, supported, type UnlistedRow } from '../call/hypercall.ts';
import type { Domain } from '../domain/domain.ts';
import { errno } from '../errno.ts';

const PAGE_SIZE = 4096;
/** Start of the hypervisor's range, as a PV guest of 64 bits is told. */
const VIRT_START = 0xffff800000000000n;
/** XENFEAT_* bits by the kind of guest, as recorded; a privileged PV domain has XENFEAT_dom0 (bit 11) besides. */
const PV_FEATURES = 0x220f0;
const HVM_FEATURES = 0x12305;
const DOM0_FEATURES = 0x00800;
/** The kinds of guests that this Xen runs, each with a blank after it. */
export const XEN_CAPABILITIES = 'xen-3.0-x86_64 hvm-3.0-x86_32 hvm-3.0-x86_32p hvm-3.0-x86_64 ';
const encoder = new TextEncoder();

/** xen_version(cmd, buffer): what this Xen is. The sub-operation is taken as 32 bits, unlike the hypercall's number. */
export function xenVersion(abi: Abi): UnlistedRow {
  return {
    number: 17,
    name: 'xen_version',
    status: supported,
    subOperations: subOperationRows(Object.entries(abi.subOperations('XENVER')), () => supported),
    handler: perform,
  };
}

function perform(call: Call): number {
  const { abi, machine, commandLine } = call.hypervisor;
  const { build } = machine;
  const buffer = call.address(1);
  switch (call.u32(0)) {
    case 0: // version
      return abi.major * 0x10000 + abi.minor;
    case 1: // extraversion
      return fixedText(call, buffer, build.extraversion, 16);
    case 2: {
      // compile_info
      const info = new Uint8Array(144);
      encoder.encodeInto(build.compiler, info.subarray(0, 63));
      encoder.encodeInto(build.compiledBy, info.subarray(64, 79));
      encoder.encodeInto(build.compileDomain, info.subarray(80, 111));
      encoder.encodeInto(build.compileDate, info.subarray(112, 143));
      return call.copyToGuest(buffer, info) ? 0 : -errno.EFAULT;
    }
    case 3: // capabilities
      return fixedText(call, buffer, XEN_CAPABILITIES, 1024);
    case 4: // changeset
      return fixedText(call, buffer, build.changeset, 64);
    case 5: {
      // platform_parameters
      const start = new DataView(new ArrayBuffer(8));
      start.setBigUint64(0, VIRT_START, true);
      return call.structToGuest(buffer, start);
    }
    case 6: {
      // get_features
      const info = new Uint8Array(8);
      if (!call.copyFromGuest(buffer, info)) return -errno.EFAULT;
      const view = new DataView(info.buffer);
      if (view.getUint32(0, true) !== 0) return -errno.EINVAL;
      view.setUint32(4, xenFeatures(call.domain), true);
      return call.structToGuest(buffer, view);
    }
    case 7: // pagesize
      return buffer === 0 ? PAGE_SIZE : -errno.EINVAL;
    case 8: // guest_handle
      return call.copyToGuest(buffer, call.domain.handle) ? 0 : -errno.EFAULT;
    case 9: // commandline
      if (!call.domain.privileged) return call.copyToGuest(buffer, encoder.encode('<denied>\0')) ? 0 : -errno.EFAULT;
      return fixedText(call, buffer, commandLine.text, 1024);
    case 10:
      if (!call.domain.privileged) return -errno.EPERM;
      return buildId(call, buffer);
    case 11: // extraversion2 and the following have a length of their own, from 4.20
      return variableText(call, buffer, build.extraversion);
    case 12:
      return variableText(call, buffer, XEN_CAPABILITIES);
    case 13:
      return variableText(call, buffer, build.changeset);
    case 14:
      return variableText(call, buffer, commandLine.text);
    default:
      return -errno.ENOSYS;
  }
}

/** XENFEAT_* of submap 0. */
export function xenFeatures(domain: Domain): number {
  if (domain.type !== 'pv') return HVM_FEATURES;
  return domain.privileged ? PV_FEATURES | DOM0_FEATURES : PV_FEATURES;
}

/** Text in an array of fixed size, padded with NULs, cut where it does not fit. */
function fixedText(call: Call, buffer: number, text: string, size: number): number {
  const bytes = new Uint8Array(size);
  encoder.encodeInto(text, bytes.subarray(0, size - 1));
  return call.copyToGuest(buffer, bytes) ? 0 : -errno.EFAULT;
}

function buildId(call: Call, buffer: number): number {
  const id = Uint8Array.from(call.hypervisor.machine.build.buildId.match(/../g) ?? [], (pair) =>
    Number.parseInt(pair, 16),
  );
  if (id.length === 0) return -errno.ENODATA;
  return variableBytes(call, buffer, id);
}

function variableText(call: Call, buffer: number, text: string): number {
  const { major, minor } = call.hypervisor.abi;
  if (major < 4 || minor < 20) return -errno.ENOSYS;
  return variableBytes(call, buffer, encoder.encode(text));
}

/** {u32 len; char buf[]}: a NULL buffer asks for the length. */
function variableBytes(call: Call, buffer: number, bytes: Uint8Array): number {
  if (buffer === 0) return bytes.length;
  const length = new Uint8Array(4);
  if (!call.copyFromGuest(buffer, length)) return -errno.EFAULT;
  const room = new DataView(length.buffer).getUint32(0, true);
  if (room === 0) return -errno.EINVAL;
  if (room < bytes.length) return -errno.ENOBUFS;
  return call.copyToGuest(buffer + 4, bytes) ? bytes.length : -errno.EFAULT;
}
