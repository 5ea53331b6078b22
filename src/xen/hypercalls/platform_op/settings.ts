// Operations that set what the simulated machine does not have, or has but nobody can see.

import { stableLayout } from '../../abi/stable-layout.ts';
import { partial, supported, unsupported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { type ErrnoName, errno } from '../../errno.ts';
import { platformFamily } from './family.ts';

const refused = (name: string, answer: ErrnoName, why: string) =>
  operation({ family: platformFamily, name, status: unsupported(answer, why) });

const ownClock = partial("the wallclock stays the machine's");
const settime = (name: 'settime' | 'settime32') =>
  operation({ family: platformFamily, name, status: ownClock, handler: () => 0 });

const settime64 = operation({
  family: platformFamily,
  name: 'settime64',
  status: ownClock,
  argument: stableLayout('xenpf_settime64', 'secs:u64 nsecs:u32 mbz:u32 system_time:u64'),
  bind({ field }) {
    const mbz = field('mbz');
    return ({ view }) => (mbz.get(view) === 0 ? 0 : -errno.EINVAL);
  },
});

/** Variable MTRRs of the machine; the first covers what lies above RAM, uncachable, the others are free. */
const MTRR_COUNT = 8;

const readMemtype = operation({
  family: platformFamily,
  name: 'read_memtype',
  status: supported,
  argument: stableLayout('xenpf_read_memtype', 'reg:u32 mfn:u64 nr_mfns:u64 type:u32'),
  copies: 'both',
  bind({ field }) {
    const [register, mfn, count, type] = [field('reg'), field('mfn'), field('nr_mfns'), field('type')];
    return ({ view }) => {
      const number = register.get(view);
      if (number >= MTRR_COUNT) return -errno.EINVAL;
      mfn.set(view, number === 0 ? 0xc0000 : 0);
      count.set(view, number === 0 ? 0x40000 : 0);
      type.set(view, 0);
      return 0;
    };
  },
});

/** QUIRK_*: no IRQ balancing, and whether the IO-APIC's register select is sane. All without an effect here. */
const FIRST_QUIRK = 1;
const LAST_QUIRK = 3;

const platformQuirk = operation({
  family: platformFamily,
  name: 'platform_quirk',
  status: supported,
  argument: stableLayout('xenpf_platform_quirk', 'quirk_id:u32'),
  bind({ field }) {
    const quirk = field('quirk_id');
    return ({ view }) => {
      const id = quirk.get(view);
      return id >= FIRST_QUIRK && id <= LAST_QUIRK ? 0 : -errno.EINVAL;
    };
  },
});

/** XEN_FW_*. */
const firmware = { diskInfo: 1, mbrSignature: 2, monitor: 3, efi: 4, keyboard: 5 } as const;

const firmwareInfo = operation({
  family: platformFamily,
  name: 'firmware_info',
  status: partial('the firmware knows no disk, no monitor and no EFI'),
  argument: stableLayout('xenpf_firmware_info', 'type:u32 index:u32 flags:u8'),
  copies: 'both',
  bind({ field }) {
    const [type, index, flags] = [field('type'), field('index'), field('flags')];
    return ({ view }) => {
      switch (type.get(view)) {
        case firmware.diskInfo:
        case firmware.mbrSignature:
        case firmware.monitor:
          return -errno.ESRCH;
        case firmware.efi:
          return -errno.ENODEV;
        case firmware.keyboard:
          if (index.get(view) !== 0) return -errno.ESRCH;
          flags.set(view, 0);
          return 0;
        default:
          return -errno.EINVAL;
      }
    };
  },
});

/** XEN_PM_TX: throttling states. */
const PM_TX = 2;

const setProcessorPminfo = operation({
  family: platformFamily,
  name: 'set_processor_pminfo',
  status: partial('accepts C-states and P-states and forgets them'),
  argument: stableLayout('xenpf_set_processor_pminfo', 'id:u32 type:u32'),
  bind({ field }) {
    const typeField = field('type');
    return ({ view }) => {
      const type = typeField.get(view);
      if (type === PM_TX) return -errno.ENOSYS;
      return type < PM_TX ? 0 : -errno.EINVAL;
    };
  },
});

export const settingOperations = [
  settime('settime32'),
  settime('settime'),
  settime64,
  refused('add_memtype', 'EINVAL', 'memory types have no effect in the model'),
  refused('del_memtype', 'EINVAL', 'memory types have no effect in the model'),
  readMemtype,
  refused('microcode_update', 'EINVAL', 'the simulated CPU takes no microcode'),
  platformQuirk,
  refused('efi_runtime_call', 'EOPNOTSUPP', 'the simulated machine has no EFI'),
  firmwareInfo,
  refused('enter_acpi_sleep', 'EINVAL', 'the simulated machine does not sleep'),
  refused('change_freq', 'ENOSYS', 'as where dom0 does not control the frequency'),
  refused('getidletime', 'ENOSYS', 'as where dom0 does not control the frequency'),
  setProcessorPminfo,
  refused('cpu_hotadd', 'EINVAL', 'the simulated machine has no free socket'),
  refused('mem_hotadd', 'EINVAL', 'the simulated machine has no free slot'),
  refused('get_dom0_console', 'ENOSYS', 'not modelled'),
  refused('get_ucode_revision', 'ENOSYS', 'not modelled'),
  refused('microcode_update2', 'ENOSYS', 'not modelled'),
];
