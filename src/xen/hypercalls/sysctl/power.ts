import type { Struct } from '../../abi/layout.ts';
import type { Call } from '../../call/call.ts';
import { partial, supported } from '../../call/hypercall.ts';
import { errno } from '../../errno.ts';
import { writeWords } from '../copy.ts';
import type { SysctlOperation } from './sysctl.ts';

const PMSTAT_CATEGORY = 0xf0;
const PMSTAT_PX = 0x10;
const PMSTAT_CX = 0x20;
const PMSTAT_get_max_cx = 0x21;
const PMSTAT_get_cxstat = 0x22;
const PMSTAT_reset_cxstat = 0x23;
/** C0 and C1: dom0 tells of no others. */
const C_STATES = 2;

/**
 * XEN_SYSCTL_get_pmstat: no driver scales the frequency of the simulated CPUs, so P-states are ENODEV; C-states are C0 and
 * C1, and a CPU is in C1 all the time.
 */
export const getPmstat: SysctlOperation = {
  name: 'get_pmstat',
  status: supported,
  perform(call, view, struct, address) {
    const { hypervisor } = call;
    if (!hypervisor.hardware.onlineCpus.has(struct.field('u.get_pmstat.cpuid').get(view))) return -errno.EINVAL;
    const type = struct.field('u.get_pmstat.type').get(view);
    if ((type & PMSTAT_CATEGORY) === PMSTAT_PX) return -errno.ENODEV;
    if ((type & PMSTAT_CATEGORY) !== PMSTAT_CX) return -errno.ENODEV;
    switch (type) {
      case PMSTAT_get_max_cx:
        struct.field('u.get_pmstat.u.getcx.nr').set(view, C_STATES);
        break;
      case PMSTAT_get_cxstat: {
        const result = cxstat(call, view, struct);
        if (result !== 0) return result;
        break;
      }
      case PMSTAT_reset_cxstat:
        break;
      default:
        return -errno.ENOSYS;
    }
    return call.structToGuest(address, view);
  },
};

function cxstat(call: Call, view: DataView, struct: Struct): number {
  const field = (name: string) => struct.field(`u.get_pmstat.u.getcx.${name}`);
  const idle = Number(call.hypervisor.machine.uptime());
  const asked = Math.min(field('nr').get(view), C_STATES);
  const triggers = field('triggers').get(view);
  const residencies = field('residencies').get(view);
  const wide = (values: number[]) => values.flatMap((value) => [value % 2 ** 32, Math.floor(value / 2 ** 32)]);
  if (asked > 0) {
    if (!writeWords(call, triggers, wide([1, 1].slice(0, asked)))) return -errno.EFAULT;
    if (!writeWords(call, residencies, wide([0, idle].slice(0, asked)))) return -errno.EFAULT;
  }
  field('nr').set(view, C_STATES);
  field('last').set(view, 0);
  field('idle_time').set(view, idle);
  for (const name of ['nr_pc', 'nr_cc', 'pc3', 'pc6', 'pc7', 'cc3', 'cc6']) {
    if (struct.has(`u.get_pmstat.u.getcx.${name}`)) field(name).set(view, 0);
  }
  return 0;
}

const CPUFREQ_PARA = 0x10;

/** XEN_SYSCTL_pm_op: no cpufreq driver, so its parameters are EINVAL and turbo is EOPNOTSUPP. */
export const pmOp: SysctlOperation = {
  name: 'pm_op',
  status: supported,
  perform(call, view, struct, address) {
    const { hardware } = call.hypervisor;
    const cpu = struct.field('u.pm_op.cpuid').get(view);
    const command = struct.field('u.pm_op.cmd').get(view);
    if (!hardware.onlineCpus.has(cpu)) return -errno.EINVAL;
    if ((command & PMSTAT_CATEGORY) === CPUFREQ_PARA) return -errno.EINVAL;
    switch (command) {
      case 0x21: {
        // set_sched_opt_smt: returns the old value
        const field = struct.field('u.pm_op.u.set_sched_opt_smt');
        const old = hardware.smtPowerSavings;
        hardware.smtPowerSavings = field.get(view) === 0 ? 0 : 1;
        field.set(view, old);
        break;
      }
      case 0x22: {
        // get_max_cstate: of CPU 0 the state, of "CPU 1" the sub-state
        const limit = [hardware.maxCstate, hardware.maxCsubstate][cpu];
        if (limit === undefined) return -errno.EINVAL;
        struct.field('u.pm_op.u.get_max_cstate').set(view, limit);
        break;
      }
      case 0x23: {
        const limit = struct.field('u.pm_op.u.set_max_cstate').get(view);
        if (cpu === 0) hardware.maxCstate = limit;
        else if (cpu === 1) hardware.maxCsubstate = limit;
        else return -errno.EINVAL;
        break;
      }
      case 0x26: // enable_turbo
      case 0x27: // disable_turbo
        return -errno.EOPNOTSUPP;
      default:
        return -errno.ENOSYS;
    }
    return call.structToGuest(address, view);
  },
};

/** XEN_SYSCTL_cpu_hotplug: 0 online, 1 offline, 2 and 3 turn SMT on and off, which these CPUs have not. */
export const cpuHotplug: SysctlOperation = {
  name: 'cpu_hotplug',
  status: partial('vcpus are not moved from a CPU that goes offline'),
  perform(call, view, struct) {
    const { hardware, machine } = call.hypervisor;
    const cpu = struct.field('u.cpu_hotplug.cpu').get(view);
    const online = hardware.onlineCpus.has(cpu);
    switch (struct.field('u.cpu_hotplug.op').get(view)) {
      case 0:
        if (cpu >= machine.cpus || online) return -errno.EINVAL;
        hardware.onlineCpus.add(cpu);
        return 0;
      case 1:
        if (cpu === 0 || !online) return -errno.EINVAL;
        hardware.onlineCpus.delete(cpu);
        return 0;
      default:
        return call.hypervisor.abi.minor < 13 ? -errno.EINVAL : -errno.EOPNOTSUPP;
    }
  },
};
