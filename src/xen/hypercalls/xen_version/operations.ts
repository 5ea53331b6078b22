import { behaves } from '../../abi/behaviour.ts';
import { stableLayout } from '../../abi/stable-layout.ts';
import { valueOfRelease } from '../../abi/value-of-release.ts';
import type { Call } from '../../call/call.ts';
import type { Family } from '../../call/family.ts';
import { supported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { OperationRequest } from '../../call/operation-request.ts';
import { errno } from '../../errno.ts';
import type { Hypervisor } from '../../hypervisor.ts';
import { extraversion as released } from '../../machine/extraversion.ts';
import { PAGE_SIZE } from '../../memory/heap.ts';
import { XEN_CAPABILITIES, xenFeatures } from './capabilities.ts';

/** Information on Xen itself, for any domain. Source of the structs: public/version.h. */
export const versionFamily: Family = {
  name: 'xen_version',
  status: supported,
  prefix: 'XENVER',
  carriage: { pointer: 1 },
  Request: OperationRequest,
};

const encoder = new TextEncoder();

const version = operation({
  family: versionFamily,
  name: 'version',
  status: supported,
  handler: ({ hypervisor: { abi } }) => abi.major * 0x10000 + abi.minor,
});

/** Text in an array of fixed size, padded with NULs, truncated if it does not fit. */
function putText(bytes: Uint8Array, text: string): number {
  encoder.encodeInto(text, bytes.subarray(0, bytes.length - 1));
  return 0;
}

const extraversionOf = ({ machine, abi }: Hypervisor) => released(machine.build, abi.version);

const extraversion = operation({
  family: versionFamily,
  name: 'extraversion',
  status: supported,
  argument: stableLayout('xen_extraversion', 'extraversion:u8[16]'),
  copies: 'out',
  handler: ({ hypervisor, bytes }) => putText(bytes, extraversionOf(hypervisor)),
});

const compileInfo = operation({
  family: versionFamily,
  name: 'compile_info',
  status: supported,
  argument: stableLayout(
    'xen_compile_info',
    'compiler:u8[64] compile_by:u8[16] compile_domain:u8[32] compile_date:u8[32]',
  ),
  copies: 'out',
  bind({ field }) {
    const [compiler, by, domain, date] = [
      field('compiler'),
      field('compile_by'),
      field('compile_domain'),
      field('compile_date'),
    ];
    return ({ hypervisor, bytes }) => {
      const { build } = hypervisor.machine;
      putText(
        bytes.subarray(compiler.offset, compiler.offset + compiler.size),
        valueOfRelease(hypervisor.abi, 'compiler'),
      );
      putText(bytes.subarray(by.offset, by.offset + by.size), build.compiledBy);
      putText(bytes.subarray(domain.offset, domain.offset + domain.size), build.compileDomain);
      return putText(bytes.subarray(date.offset, date.offset + date.size), build.compileDate);
    };
  },
});

const capabilities = operation({
  family: versionFamily,
  name: 'capabilities',
  status: supported,
  argument: stableLayout('xen_capabilities_info', 'capabilities:u8[1024]'),
  copies: 'out',
  handler: ({ bytes }) => putText(bytes, XEN_CAPABILITIES),
});

const changeset = operation({
  family: versionFamily,
  name: 'changeset',
  status: supported,
  argument: stableLayout('xen_changeset_info', 'changeset:u8[64]'),
  copies: 'out',
  handler: ({ hypervisor, bytes }) => putText(bytes, hypervisor.machine.build.changeset),
});

/** Start of the hypervisor's virtual address range, as reported to a 64-bit PV guest. */
const VIRT_START = 0xffff800000000000n;

const platformParameters = operation({
  family: versionFamily,
  name: 'platform_parameters',
  status: supported,
  argument: stableLayout('xen_platform_parameters', 'virt_start:u64'),
  copies: 'out',
  bind({ field }) {
    const start = field('virt_start');
    return ({ view }) => {
      start.setBig(view, VIRT_START);
      return 0;
    };
  },
});

const getFeatures = operation({
  family: versionFamily,
  name: 'get_features',
  status: supported,
  argument: stableLayout('xen_feature_info', 'submap_idx:u32 submap:u32'),
  copies: 'both',
  bind({ field }) {
    const [index, submap] = [field('submap_idx'), field('submap')];
    return ({ hypervisor, caller, view }) => {
      if (index.get(view) !== 0) return -errno.EINVAL;
      submap.set(view, xenFeatures(caller, hypervisor.abi));
      return 0;
    };
  },
});

const pagesize = operation({
  family: versionFamily,
  name: 'pagesize',
  status: supported,
  handler: ({ address }) => (address === 0 ? PAGE_SIZE : -errno.EINVAL),
});

const guestHandle = operation({
  family: versionFamily,
  name: 'guest_handle',
  status: supported,
  argument: stableLayout('xen_domain_handle', 'handle:u8[16]'),
  copies: 'out',
  handler({ caller, bytes }) {
    bytes.set(caller.handle);
    return 0;
  },
});

const denied = encoder.encode('<denied>\0');

/** An unprivileged domain gets the word and its NUL; the rest of its buffer is not written. */
const commandline = operation({
  family: versionFamily,
  name: 'commandline',
  status: supported,
  argument: stableLayout('xen_commandline', 'commandline:u8[1024]'),
  copies: 'itself',
  handler({ call, caller, hypervisor, address, bytes }) {
    if (!caller.privileged) return call.copyToGuest(address, denied) ? 0 : -errno.EFAULT;
    bytes.fill(0);
    putText(bytes, hypervisor.commandLine.text);
    return call.copyToGuest(address, bytes) ? 0 : -errno.EFAULT;
  },
});

/** struct xen_build_id and xen_varbuf: a length, and then as many bytes. */
const varbuf = stableLayout('xen_varbuf', 'len:u32');
const length = varbuf.field('len');

/** Copies bytes whose length the caller gives; a NULL buffer asks for the length. */
function putBytes({ call, address, view, bytes: head, hypervisor }: OperationRequest, bytes: Uint8Array): number {
  if (address === 0) return bytes.length;
  if (!call.copyFromGuest(address, head)) return -errno.EFAULT;
  const room = length.get(view);
  if (room === 0 && !behaves(hypervisor.abi, 'emptyBuildIdTooShort')) return -errno.EINVAL;
  if (room < bytes.length) return -errno.ENOBUFS;
  return call.copyToGuest(address + head.length, bytes) ? bytes.length : -errno.EFAULT;
}

const buildId = operation({
  family: versionFamily,
  name: 'build_id',
  status: supported,
  argument: varbuf,
  copies: 'itself',
  before: ({ caller }) => (caller.privileged ? 0 : -errno.EPERM),
  handler(request) {
    const text = request.hypervisor.machine.build.buildId;
    const id = Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
    return id.length === 0 ? -errno.ENODATA : putBytes(request, id);
  },
});

/** The second form of an operation (since 4.20), which has a field for the length of the text. */
const variable = (name: string, text: (call: Call) => string) =>
  operation({
    family: versionFamily,
    name,
    status: supported,
    argument: varbuf,
    copies: 'itself',
    handler: (request) => putBytes(request, encoder.encode(text(request.call))),
  });

export const versionOperations = [
  version,
  extraversion,
  compileInfo,
  capabilities,
  changeset,
  platformParameters,
  getFeatures,
  pagesize,
  guestHandle,
  commandline,
  buildId,
  variable('extraversion2', ({ hypervisor }) => extraversionOf(hypervisor)),
  variable('capabilities2', () => XEN_CAPABILITIES),
  variable('changeset2', ({ hypervisor }) => hypervisor.machine.build.changeset),
  variable('commandline2', ({ hypervisor }) => hypervisor.commandLine.text),
];
