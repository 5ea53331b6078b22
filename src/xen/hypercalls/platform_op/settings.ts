// Operations that set hardware state which the simulated machine lacks, or which no caller can read back.

import { stableLayout } from '../../abi/stable-layout.ts';
import { partial, supported, unsupported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { type ErrnoName, errno } from '../../errno.ts';
import { platformFamily } from './family.ts';

const refused = (name: string, answer: ErrnoName, why: string) =>
  operation({ family: platformFamily, name, status: unsupported(answer, why) });

const ownClock = partial("the wall clock stays the machine's");
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

/** Variable MTRRs of the machine; the first covers the range above RAM as uncachable; the others are free. */
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

/** VBE/DDC of the recorded machine: the capabilities and transfer time of its monitor. The EDID is all zeroes. */
const MONITOR_CAPABILITIES = 3;
const EDID_TRANSFER_SECONDS = 1;
const EDID_BYTES = 128;

const firmwareInfo = operation({
  family: platformFamily,
  name: 'firmware_info',
  status: partial('the firmware reports no disk, no EFI, and a monitor without EDID'),
  argument: stableLayout('xenpf_firmware_info', 'type:u32 index:u32 flags:u8 transfer:u8 pad:u8[6] edid:u64'),
  copies: 'both',
  bind({ field }) {
    const [type, index, flags] = [field('type'), field('index'), field('flags')];
    const [transfer, edid] = [field('transfer'), field('edid')];
    return (request) => {
      const { call, view } = request;
      switch (type.get(view)) {
        case firmware.diskInfo:
        case firmware.mbrSignature:
          return -errno.ESRCH;
        case firmware.monitor:
          if (index.get(view) !== 0) return -errno.ESRCH;
          flags.set(view, MONITOR_CAPABILITIES);
          transfer.set(view, EDID_TRANSFER_SECONDS);
          request.copyBack = true;
          return call.copyToGuest(edid.get(view), new Uint8Array(EDID_BYTES)) ? 0 : -errno.EFAULT;
        case firmware.efi:
          return -errno.ENOSYS;
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

/** XEN_PM_*: C-states and P-states are 0 and 1; throttling states; what the OS can do (_PDC). */
const PM_CX = 0;
const PM_TX = 2;
const NO_ACPI_ID = 0xffffffff;
const PM_PDC = 3;
const PDC_HEAD_BYTES = 12;

const setProcessorPminfo = operation({
  family: platformFamily,
  name: 'set_processor_pminfo',
  status: partial('accepts C-states and P-states, without effect'),
  argument: stableLayout('xenpf_set_processor_pminfo', 'id:u32 type:u32 pdc:u64'),
  bind({ field }) {
    const [id, typeField, pdc] = [field('id'), field('type'), field('pdc')];
    return ({ call, hypervisor, view }) => {
      const type = typeField.get(view);
      if (type === PM_TX) return -errno.ENOSYS;
      if (type === PM_PDC) {
        // The capabilities that the OS reports have no effect.
        return call.copyFromGuest(pdc.get(view), new Uint8Array(PDC_HEAD_BYTES)) ? -errno.EINVAL : -errno.EFAULT;
      }
      const cpu = id.get(view);
      if (type < PM_TX && cpu < hypervisor.machine.cpus) return 0;
      // Only once, for any number (platform.set_processor_pminfo.rnd0).
      if (type === PM_CX && cpu !== NO_ACPI_ID && !hypervisor.hardware.missingCpuReported) {
        hypervisor.hardware.missingCpuReported = true;
        hypervisor.console.printk(`No CPU for ACPI ID 0x${cpu.toString(16)}\n`);
      }
      return -errno.EINVAL;
    };
  },
});

const MEMORY_TYPES = 7;

/** Whether a range of frames can be one variable MTRR: a power of two, at a multiple of it. */
function isMtrrRange(base: bigint, count: bigint): boolean {
  let [first, last] = [base, BigInt.asUintN(64, base + count - 1n)];
  while ((first & 1n) === 0n && (last & 1n) === 1n) [first, last] = [first >> 1n, last >> 1n];
  return first === last;
}

/** As printf's %#lx, and the three digits of a page. */
const address = (frame: bigint): string => `${frame === 0n ? '0' : `0x${frame.toString(16)}`}000`;

const addMemtype = operation({
  family: platformFamily,
  name: 'add_memtype',
  status: partial('refused: memory types have no effect in the model'),
  argument: stableLayout('xenpf_add_memtype', 'mfn:u64 nr_mfns:u64 type:u32'),
  bind({ field }) {
    const [mfn, count, type] = [field('mfn'), field('nr_mfns'), field('type')];
    return ({ hypervisor, view }) => {
      const [base, size] = [mfn.getBig(view), count.getBig(view)];
      if (!isMtrrRange(base, size)) {
        const range = `base(${address(base)}) is not aligned on a size(${address(size)}) boundary`;
        hypervisor.console.printk(`mtrr: ${range}\n`);
      } else if (type.get(view) >= MEMORY_TYPES) {
        hypervisor.console.printk(`mtrr: type: ${type.get(view)} invalid\n`);
      }
      return -errno.EINVAL;
    };
  },
});

/** `handle`: selects it by register; otherwise it is selected by a range, which no register has. */
const delMemtype = operation({
  family: platformFamily,
  name: 'del_memtype',
  status: partial('refused: memory types have no effect in the model'),
  argument: stableLayout('xenpf_del_memtype', 'handle:u32 reg:u32'),
  bind({ field }) {
    const [handle, register] = [field('handle'), field('reg')];
    return ({ hypervisor, view }) => {
      const number = register.get(view) | 0;
      if (handle.get(view) === 0 && number >= MTRR_COUNT)
        hypervisor.console.printk(`mtrr: register: ${number} too big\n`);
      return -errno.EINVAL;
    };
  },
});

/** XENPF_ACPI_SLEEP_EXTENDED: uses the registers of hardware-reduced ACPI, which this machine lacks. */
const SLEEP_EXTENDED = 1;

const enterAcpiSleep = operation({
  family: platformFamily,
  name: 'enter_acpi_sleep',
  status: partial('refused: the simulated machine does not sleep'),
  argument: stableLayout('xenpf_enter_acpi_sleep', 'val_a:u16 val_b:u16 sleep_state:u32 flags:u32'),
  bind({ field }) {
    const flags = field('flags');
    return ({ view }) => ((flags.get(view) & SLEEP_EXTENDED) === 0 ? -errno.EINVAL : -errno.EPERM);
  },
});

/** struct dom0_vga_console_info, whose size is the result. */
const CONSOLE_INFO_BYTES = 40;
/** XEN_VGATYPE_TEXT_MODE_3: 80 columns, 25 rows of characters 16 lines high. */
const TEXT_MODE = { type: 3, height: 16, columns: 80, rows: 25 } as const;

/** XENPF_get_dom0_console: the screen that the machine started with. */
const getDom0Console = operation({
  family: platformFamily,
  name: 'get_dom0_console',
  status: partial('a screen of text; the cursor is at its start'),
  argument: stableLayout(
    'dom0_vga_console_info',
    'video_type:u8 pad:u8[3] font_height:u16 cursor_x:u16 cursor_y:u16 rows:u16 columns:u16 more:u8[26]',
  ),
  copies: 'both',
  bind({ field }) {
    const [type, height] = [field('video_type'), field('font_height')];
    const [rows, columns] = [field('rows'), field('columns')];
    return ({ bytes, view }) => {
      bytes.fill(0, type.offset, type.offset + CONSOLE_INFO_BYTES);
      type.set(view, TEXT_MODE.type);
      height.set(view, TEXT_MODE.height);
      rows.set(view, TEXT_MODE.rows);
      columns.set(view, TEXT_MODE.columns);
      return CONSOLE_INFO_BYTES;
    };
  },
});

/** XENPF_get_ucode_revision: the simulated CPU has no microcode of its own. */
const getUcodeRevision = operation({
  family: platformFamily,
  name: 'get_ucode_revision',
  status: supported,
  argument: stableLayout('xenpf_ucode_revision', 'cpu:u32 signature:u32 pf:u32 revision:u32'),
  copies: 'both',
  bind({ field }) {
    const cpu = field('cpu');
    const known = [field('signature'), field('pf'), field('revision')];
    return ({ hypervisor, view }) => {
      if (!hypervisor.hardware.onlineCpus.has(cpu.get(view))) return -errno.ENOENT;
      for (const each of known) each.set(view, 0);
      return 0;
    };
  },
});

export const settingOperations = [
  settime('settime32'),
  settime('settime'),
  settime64,
  addMemtype,
  delMemtype,
  readMemtype,
  refused('microcode_update', 'EINVAL', 'the simulated CPU accepts no microcode'),
  platformQuirk,
  refused('efi_runtime_call', 'ENOSYS', 'the simulated machine has no EFI'),
  firmwareInfo,
  enterAcpiSleep,
  refused('change_freq', 'ENOSYS', 'as if dom0 did not control the frequency'),
  refused('getidletime', 'ENOSYS', 'as if dom0 did not control the frequency'),
  setProcessorPminfo,
  refused('cpu_hotadd', 'EINVAL', 'the simulated machine has no free socket'),
  refused('mem_hotadd', 'EINVAL', 'the simulated machine has no free slot'),
  getDom0Console,
  getUcodeRevision,
  refused('microcode_update2', 'EINVAL', 'the simulated CPU accepts no microcode'),
];
