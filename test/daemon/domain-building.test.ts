import t from 'tap';
import { compile } from '../helpers/compile.ts';
import { inDom0, tinyGuests, withoutDom0 } from '../helpers/tiny-guests.ts';

const skip = withoutDom0();

t.test('xl builds a PVH and a PV guest from their kernels, side by side', { skip }, async (t) => {
  const folder = tinyGuests(t);
  const read = compile(t, 'foreign-read.c', ['-Wno-unused-function', '-lxenctrl']);
  const text = await inDom0(
    t,
    folder,
    `
xl create -e pvh.cfg
xl create -e -p pv.cfg
xl list
echo "pvh kernel: $(${read} $(xl domid tinypvh) 0x100 3 18)"
echo "pvh start info: $(${read} $(xl domid tinypvh) 0x101 0 4 | od -A n -t x4)"
echo "pvh tty: $(xenstore-read /local/domain/$(xl domid tinypvh)/console/tty)"
echo "pv ring: $(xenstore-read /local/domain/$(xl domid tinypv)/console/ring-ref)"
echo "pv kernel: $(${read} $(xl domid tinypv) $(($(xenstore-read /local/domain/$(xl domid tinypv)/console/ring-ref) - 0x15)) 2 18)"
echo "pv start info: $(${read} $(xl domid tinypv) $(($(xenstore-read /local/domain/$(xl domid tinypv)/console/ring-ref) - 2)) 0 12)"
xl unpause tinypv
xl pause tinypvh
xl list
xl destroy tinypvh
xl destroy tinypv
xl list`,
  );
  const lists = text.split(/^Name.*\n/m).slice(1);
  t.match(lists[0], /^tinypvh +1 +16 +1 +-b---- .*\ntinypv +2 +32 +1 +--p---/m);
  t.match(lists[1], /^tinypvh +1 +16 +1 +-bp--- .*\ntinypv +2 +32 +1 +-b----/m);
  t.notMatch(lists[2], /tiny/);
  t.match(text, 'pvh kernel: fauxen test kernel');
  t.match(text, /pvh start info: +336ec578/, 'XEN_HVM_START_MAGIC_VALUE');
  t.match(text, /pvh tty: \/dev\/pts\//, 'xenconsoled has its ring');
  t.match(text, 'pv kernel: fauxen test kernel');
  t.match(text, 'pv start info: xen-3.0-x86_');
});
