import { behaves } from '../../abi/behaviour.ts';
import { partial, supported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { errno } from '../../errno.ts';
import { writeSizes } from '../copy.ts';
import { sysctlFamily } from './family.ts';

const PMSTAT_CATEGORY = 0xf0;
const PMSTAT_CX = 0x20;
const PMSTAT_get_max_cx = 0x21;
const PMSTAT_get_cxstat = 0x22;
const PMSTAT_reset_cxstat = 0x23;
/** C0 and C1: dom0 reports no others. */
const C_STATES = 2;

/**
 * XEN_SYSCTL_get_pmstat: no driver scales the frequency of the simulated CPUs, so P-states are ENODEV; C-states are C0,
 * in which a CPU runs, and C1, in which it idles, with one transition to each, as of a real Xen to which dom0 reports no others.
 */
const getPmstat = operation({
  family: sysctlFamily,
  name: 'get_pmstat',
  status: supported,
  argument: 'get_pmstat',
  copies: 'both',
  bind({ field, optional }) {
    const [cpu, typeField, count] = [field('cpuid'), field('type'), field('u.getcx.nr')];
    const [triggers, residencies] = [field('u.getcx.triggers'), field('u.getcx.residencies')];
    const [last, idleTime] = [field('u.getcx.last'), field('u.getcx.idle_time')];
    const deeper = ['nr_pc', 'nr_cc', 'pc3', 'pc6', 'pc7', 'cc3', 'cc6'].map((name) => optional(`u.getcx.${name}`));
    return ({ call, hypervisor, view }) => {
      if (!hypervisor.hardware.onlineCpus.has(cpu.get(view))) return -errno.EINVAL;
      const type = typeField.get(view);
      if ((type & PMSTAT_CATEGORY) !== PMSTAT_CX) return -errno.ENODEV;
      switch (type) {
        case PMSTAT_get_max_cx:
          count.set(view, C_STATES);
          return 0;
        case PMSTAT_get_cxstat: {
          const now = hypervisor.now();
          const idle = hypervisor.cpuTimes.idle(hypervisor.domains, now)[cpu.get(view)] ?? 0;
          const asked = Math.min(count.get(view), C_STATES);
          if (asked > 0) {
            if (!writeSizes(call, triggers.get(view), [1, 1].slice(0, asked))) return -errno.EFAULT;
            if (!writeSizes(call, residencies.get(view), [now - idle, idle].slice(0, asked))) return -errno.EFAULT;
          }
          count.set(view, C_STATES);
          last.set(view, 0);
          idleTime.set(view, idle);
          for (const counter of deeper) counter?.set(view, 0);
          return 0;
        }
        case PMSTAT_reset_cxstat:
          return 0;
        default:
          hypervisor.console.printk('not defined sub-hypercall @ do_get_pm_info\n');
          return -errno.ENOSYS;
      }
    };
  },
});

/** XEN_SYSCTL_pm_op_*. */
const pm = { setSmt: 0x21, getMaxCstate: 0x22, setMaxCstate: 0x23, enableTurbo: 0x26, disableTurbo: 0x27 } as const;
const CPUFREQ_PARA = 0x10;

/** XEN_SYSCTL_pm_op: no cpufreq driver, so its parameters are EINVAL and turbo is EACCES. */
const pmOp = operation({
  family: sysctlFamily,
  name: 'pm_op',
  status: supported,
  argument: 'pm_op',
  copies: 'both',
  bind({ field, optional }) {
    const [cpuField, commandField] = [field('cpuid'), field('cmd')];
    const smt = optional('u.set_sched_opt_smt');
    const getMax = optional('u.get_max_cstate');
    const setMax = optional('u.set_max_cstate');
    return ({ hypervisor, view }) => {
      const { hardware } = hypervisor;
      const cpu = cpuField.get(view);
      const command = commandField.get(view);
      if (!hardware.onlineCpus.has(cpu)) return -errno.EINVAL;
      if ((command & PMSTAT_CATEGORY) === CPUFREQ_PARA) return -errno.EINVAL;
      switch (command) {
        case pm.setSmt: {
          const old = hardware.smtPowerSavings;
          hardware.smtPowerSavings = smt?.get(view) === 0 ? 0 : 1;
          smt?.set(view, old);
          return 0;
        }
        case pm.getMaxCstate: {
          // CPU 0 selects the state, "CPU 1" the sub-state
          const limit = [hardware.maxCstate, hardware.maxCsubstate][cpu];
          if (limit === undefined) return -errno.EINVAL;
          getMax?.set(view, limit);
          return 0;
        }
        case pm.setMaxCstate: {
          const limit = setMax?.get(view) ?? 0;
          if (cpu === 0) hardware.maxCstate = limit;
          else if (cpu === 1) hardware.maxCsubstate = limit;
          else return -errno.EINVAL;
          return 0;
        }
        case pm.enableTurbo:
        case pm.disableTurbo:
          return -errno.EACCES;
        default:
          hypervisor.console.printk('not defined sub-hypercall @ do_pm_op\n');
          return -errno.ENOSYS;
      }
    };
  },
});

/** XEN_SYSCTL_cpu_hotplug: 0 online, 1 offline, 2 and 3 turn SMT on and off, which these CPUs lack. */
const cpuHotplug = operation({
  family: sysctlFamily,
  name: 'cpu_hotplug',
  status: partial('vcpus are not moved from a CPU that goes offline'),
  argument: 'cpu_hotplug',
  bind({ field }) {
    const [cpuField, op] = [field('cpu'), field('op')];
    return ({ hypervisor, view }) => {
      const { hardware, machine, abi } = hypervisor;
      const cpu = cpuField.get(view);
      const online = hardware.onlineCpus.has(cpu);
      switch (op.get(view)) {
        case 0:
          if (cpu >= machine.cpus || online) return -errno.EINVAL;
          hardware.onlineCpus.add(cpu);
          return 0;
        case 1:
          if (cpu === 0 || !online) return -errno.EINVAL;
          hardware.onlineCpus.delete(cpu);
          return 0;
        default:
          return behaves(abi, 'smtHotplug') ? -errno.EOPNOTSUPP : -errno.EINVAL;
      }
    };
  },
});

export const powerOperations = [getPmstat, pmOp, cpuHotplug];
