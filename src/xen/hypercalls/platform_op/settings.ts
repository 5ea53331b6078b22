import { stableLayout } from '../../abi/stable-layout.ts';
import { partial, type Status, supported, unsupported } from '../../call/hypercall.ts';
import { errno } from '../../errno.ts';
import type { PlatformOperation } from './platform_op.ts';

const always = (name: string, result: number, status: Status): PlatformOperation => ({
  name,
  status,
  perform: () => result,
});

const memtype = stableLayout('xenpf_read_memtype', 'reg:u32 mfn:u64 nr_mfns:u64 type:u32');
/** Variable MTRRs of the machine; the first covers what lies above RAM, uncachable, the others are free. */
const MTRR_COUNT = 8;

const readMemtype: PlatformOperation = {
  name: 'read_memtype',
  status: supported,
  perform(call, view, union, address) {
    const register = memtype.field('reg').get(view, union);
    if (register >= MTRR_COUNT) return -errno.EINVAL;
    memtype.field('mfn').set(view, register === 0 ? 0xc0000 : 0, union);
    memtype.field('nr_mfns').set(view, register === 0 ? 0x40000 : 0, union);
    memtype.field('type').set(view, 0, union);
    return call.structToGuest(address, view);
  },
};

const settime = stableLayout('xenpf_settime64', 'secs:u64 nsecs:u32 mbz:u32 system_time:u64');

const settime64: PlatformOperation = {
  name: 'settime64',
  status: partial("the wallclock stays the machine's"),
  perform: (_call, view, union) => (settime.field('mbz').get(view, union) === 0 ? 0 : -errno.EINVAL),
};

const platformQuirk: PlatformOperation = {
  name: 'platform_quirk',
  status: supported,
  perform(_call, view, union) {
    // 1 no IRQ balancing, 2 and 3 whether the IO-APIC's register select is sane: all without an effect here
    const quirk = view.getUint32(union, true);
    return quirk >= 1 && quirk <= 3 ? 0 : -errno.EINVAL;
  },
};

/** Kinds of firmware information: disks (1), MBR signatures (2), the monitor (3), EFI (4), keyboard (5). */
const firmwareInfo: PlatformOperation = {
  name: 'firmware_info',
  status: partial('the firmware knows no disk, no monitor and no EFI'),
  perform(call, view, union, address) {
    const info = stableLayout('xenpf_firmware_info', 'type:u32 index:u32 flags:u8');
    switch (info.field('type').get(view, union)) {
      case 1:
      case 2:
      case 3:
        return -errno.ESRCH;
      case 4:
        return -errno.ENODEV;
      case 5:
        if (info.field('index').get(view, union) !== 0) return -errno.ESRCH;
        info.field('flags').set(view, 0, union);
        return call.structToGuest(address, view);
      default:
        return -errno.EINVAL;
    }
  },
};

const PM_TX = 2;

const setProcessorPminfo: PlatformOperation = {
  name: 'set_processor_pminfo',
  status: partial('accepts C-states and P-states and forgets them'),
  perform(_call, view, union) {
    const info = stableLayout('xenpf_set_processor_pminfo', 'id:u32 type:u32');
    const type = info.field('type').get(view, union);
    if (type === PM_TX) return -errno.ENOSYS;
    return type < PM_TX ? 0 : -errno.EINVAL;
  },
};

/** Sub-operations that set what the simulated machine has not, or has but nobody can see. */
export const settings: readonly PlatformOperation[] = [
  always('settime32', 0, partial("the wallclock stays the machine's")),
  always('settime', 0, partial("the wallclock stays the machine's")),
  settime64,
  always('add_memtype', -errno.EINVAL, unsupported('EINVAL', 'memory types have no effect in the model')),
  always('del_memtype', -errno.EINVAL, unsupported('EINVAL', 'memory types have no effect in the model')),
  readMemtype,
  always('microcode_update', -errno.EINVAL, unsupported('EINVAL', 'the simulated CPU takes no microcode')),
  platformQuirk,
  always('efi_runtime_call', -errno.EOPNOTSUPP, unsupported('EOPNOTSUPP', 'the simulated machine has no EFI')),
  firmwareInfo,
  always('enter_acpi_sleep', -errno.EINVAL, unsupported('EINVAL', 'the simulated machine does not sleep')),
  always('change_freq', -errno.ENOSYS, unsupported('ENOSYS', 'as where dom0 does not control the frequency')),
  always('getidletime', -errno.ENOSYS, unsupported('ENOSYS', 'as where dom0 does not control the frequency')),
  setProcessorPminfo,
  always('cpu_hotadd', -errno.EINVAL, unsupported('EINVAL', 'the simulated machine has no free socket')),
  always('mem_hotadd', -errno.EINVAL, unsupported('EINVAL', 'the simulated machine has no free slot')),
];
