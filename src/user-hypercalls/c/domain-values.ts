import { DOMID_INVALID, type Domain } from '../../xen/domain/domain.ts';
import type { Vcpu } from '../../xen/domain/vcpu.ts';
import type { Hypervisor } from '../../xen/hypervisor.ts';

// The values of the fields of struct domain and struct vcpu, by the names that include/runtime/domain.c uses.

const dying = { no: 0, dying: 1, dead: 2 } as const;
const guestTypes = { pv: 0, pvh: 1, hvm: 2 } as const;
const VPF_BLOCKED = 1;
const VPF_DOWN = 2;

type Value = number | bigint | boolean;

export const domainValues: Readonly<Record<string, (domain: Domain) => Value>> = {
  serial: ({ serial }) => serial + 1,
  vcpus: ({ vcpus }) => vcpus.length,
  max_vcpus: ({ maxVcpus }) => maxVcpus,
  tot_pages: ({ totPages }) => totPages,
  max_pages: ({ maxPages }) => Math.min(maxPages, 0xffffffff),
  outstanding_pages: ({ outstandingPages }) => outstandingPages,
  xenheap_pages: () => 1, // its shared_info
  shr_pages: ({ sharedPages }) => sharedPages,
  paged_pages: ({ pagedPages }) => pagedPages,
  options: ({ createFlags }) => createFlags,
  max_evtchn_port: ({ maxEventChannelPort }) => maxEventChannelPort,
  max_evtchns: () => 4096, // of a 64-bit guest without FIFO event channels
  nr_pirqs: () => 256,
  suspend_evtchn: ({ suspendPort }) => suspendPort ?? 0,
  watchdog_inuse_map: ({ watchdogs }) => watchdogs,
  cpupool_id: ({ pool }) => pool?.id ?? 0,
  is_dying: (domain) => dying[domain.dying],
  guest_type: ({ type }) => guestTypes[type],
  controller_pause_count: ({ controllerPauseCount }) => controllerPauseCount,
  'time_offset.seconds': ({ timeOffsetSeconds }) => timeOffsetSeconds,
  'time_offset.set': ({ timeOffsetSeconds }) => timeOffsetSeconds !== 0,
  is_privileged: ({ privileged }) => privileged,
  is_hvm: ({ isHvm }) => isHvm,
  is_console: ({ privileged }) => privileged,
  is_shutting_down: ({ shutDown }) => shutDown,
  is_shut_down: ({ shutDown }) => shutDown,
  is_paused_by_controller: ({ controllerPauseCount }) => controllerPauseCount > 0,
  debugger_attached: ({ debuggerAttached }) => debuggerAttached,
  creation_finished: ({ creationFinished }) => creationFinished,
  shutdown_code: ({ shutdownCode }) => shutdownCode,
  vm_assist: () => 0,
  pause_count: ({ controllerPauseCount, shutDown }) => controllerPauseCount + Number(shutDown),
  'arch.is_32bit_pv': ({ type, addressSize }) => type === 'pv' && addressSize === 32,
  'arch.has_32bit_shinfo': ({ addressSize }) => addressSize === 32,
  target: ({ target }) => target?.id ?? DOMID_INVALID,
};

export const vcpuValues: Readonly<Record<string, (vcpu: Vcpu, now: number) => Value>> = {
  processor: ({ processor }) => processor,
  pause_flags: ({ down, blocked }) => (down ? VPF_DOWN : 0) | (blocked ? VPF_BLOCKED : 0),
  pause_count: ({ pauseCount }) => pauseCount,
  is_running: ({ running }) => running,
  is_initialised: ({ initialised }) => initialised,
  fpu_initialised: ({ initialised }) => initialised,
  paused_for_shutdown: ({ domain }) => domain.shutDown,
  'runstate.state': ({ state }) => state,
  'runstate.state_entry_time': ({ stateEntry }) => Math.floor(stateEntry),
  'runstate.time[0]': (vcpu, now) => vcpu.time(0, now),
  'runstate.time[1]': (vcpu, now) => vcpu.time(1, now),
  'runstate.time[2]': (vcpu, now) => vcpu.time(2, now),
  'runstate.time[3]': (vcpu, now) => vcpu.time(3, now),
};

export const machineValues: Readonly<Record<string, (hypervisor: Hypervisor) => Value>> = {
  cpus: ({ machine }) => machine.cpus,
  cpu_khz: ({ machine }) => machine.cpuKhz,
  major: ({ abi }) => abi.major,
  minor: ({ abi }) => abi.minor,
  total_pages: ({ machine }) => Math.floor(machine.memory / 4096),
  free_pages: ({ memory }) => memory.heap.freePages,
};
