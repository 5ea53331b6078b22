import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { compile } from '../helpers/compile.ts';
import { inDom0, tinyGuests, withoutDom0 } from '../helpers/tiny-guests.ts';

const skip = withoutDom0() || missing('xenShim');
const SHIM = '/usr/lib/xen-4.17/boot/xen-shim';
/** struct hvm_start_info and struct hvm_modlist_entry (arch-x86/hvm/start_info.h). */
const START_MAGIC = 0x336ec578;
const START = { modules: 12, moduleList: 16, commandLine: 24 } as const;
const MODULE = { address: 0, size: 8, commandLine: 16 } as const;

/** The first segment of a 32-bit ELF file, and the entry point in its only Xen note (XEN_ELFNOTE_PHYS32_ENTRY). */
function shimOf(file: Buffer) {
  const header = file.readUInt32LE(28);
  const word = (entry: number, at: number) => file.readUInt32LE(header + entry * file.readUInt16LE(42) + at);
  return {
    physical: word(0, 12),
    bytes: file.subarray(word(0, 4), word(0, 4) + word(0, 16)),
    entry: file.readUInt32LE(word(1, 4) + 16).toString(16),
  };
}

t.test('xl builds a PV guest inside xen-shim, and xen-shim by itself', { skip }, async (t) => {
  const folder = tinyGuests(t);
  const read = compile(t, 'foreign-read.c', ['-Wno-unused-function', '-lxenctrl']);
  const { physical, bytes, entry } = shimOf(readFileSync(SHIM));
  const text = await inDom0(
    t,
    folder,
    `PATH=$PATH:/usr/lib/xen-4.17/bin
printf 'name="shimmed"\\ntype="pvh"\\npvshim=1\\nkernel="%s/pv"\\nmemory=64\\nextra="console=hvc0 inner"\\n' $PWD > shimmed.cfg
printf 'name="bare"\\ntype="pvh"\\nkernel="${SHIM}"\\nmemory=64\\nextra="pv-shim"\\n' > bare.cfg
for name in shimmed bare; do
  xl create -q -e $name.cfg
  id=$(xl domid $name)
  start=$(xenctx $id | sed -n 's/.*ebx: \\([0-9a-f]*\\).*/\\1/p')
  echo "$name: start info at $start, $(xenctx $id | head -1)"
  ${read} $id ${physical / 4096} 0 $((0x$start + 16384 - ${physical})) > $name.memory
  xenstore-read /local/domain/$id/console/type
done
xl list
xl destroy shimmed
xl destroy bare
# Gone once xenconsoled has let go of their rings.
for _ in $(seq 200); do [ $(xl list | wc -l) = 2 ] && break; sleep 0.1; done
xl list | wc -l`,
  );
  t.match(text, /^2\ndone$/m, 'neither is left');

  /** The guest's memory from `physical` on, and its start info. */
  const guest = (name: string) => {
    const memory = readFileSync(join(folder, `${name}.memory`));
    const from = (address: bigint | number) => memory.subarray(Number(address) - physical);
    const string = (address: bigint) => from(address).toString('latin1', 0, 1024).replace(/\0.*/s, '');
    const start = from(Number(`0x${new RegExp(`^${name}: start info at (\\w+),`, 'm').exec(text)?.[1]}`));
    return { from, string, start };
  };
  for (const name of ['shimmed', 'bare']) {
    const { from, start } = guest(name);
    t.match(text, new RegExp(`^${name} +[12] +64 +1 +-b---- `, 'm'));
    t.match(text, new RegExp(`^${name}: .*cs:eip: 0000:0*${entry}\\nxenconsoled$`, 'm'));
    t.ok(bytes.equals(from(physical).subarray(0, bytes.length)), `${name} has xen-shim in its memory`);
    t.equal(start.readUInt32LE(0), START_MAGIC);
    t.equal(start.readUInt32LE(START.modules), name === 'shimmed' ? 1 : 0);
  }

  const { from, string, start } = guest('shimmed');
  t.match(string(start.readBigUInt64LE(START.commandLine)), /^pv-shim console=xen,pv/);
  const module = from(start.readBigUInt64LE(START.moduleList));
  t.equal(string(module.readBigUInt64LE(MODULE.commandLine)), 'console=hvc0 inner');
  const kernel = readFileSync(join(folder, 'pv'));
  t.equal(Number(module.readBigUInt64LE(MODULE.size)), kernel.length);
  const loaded = from(module.readBigUInt64LE(MODULE.address)).subarray(0, kernel.length);
  t.ok(kernel.equals(loaded), 'the PV kernel is the module');
});
