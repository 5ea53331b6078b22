import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { traceEvents } from '../../src/xen/trace-buffers/events.ts';
import { inDom0, tinyGuests, withoutDom0 } from '../helpers/tiny-guests.ts';

const skip = withoutDom0();

interface TraceRecord {
  cpu: number;
  event: number;
  cycles: bigint | undefined;
  data: number[];
}

/** TRC_TRACE_CPU_CHANGE: written by xentrace itself, before the records from one CPU's buffer. */
const CPU_CHANGE = 0x1f003;

/** The records of a trace file, by xen/trace.h. */
function records(file: Uint8Array): TraceRecord[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const found: TraceRecord[] = [];
  let cpu = 0;
  for (let at = 0; at < file.length; ) {
    const head = view.getUint32(at, true);
    const timed = head >>> 31 === 1;
    const cycles = timed ? view.getBigUint64(at + 4, true) : undefined;
    const first = at + (timed ? 12 : 4);
    const data = Array.from({ length: (head >>> 28) & 7 }, (_, index) => view.getUint32(first + 4 * index, true));
    at = first + 4 * data.length;
    if ((head & 0x0fffffff) === CPU_CHANGE) cpu = data[0] ?? 0;
    else found.push({ cpu, event: head & 0x0fffffff, cycles, data });
  }
  return found;
}

t.test('xentrace records tools’ hypercalls and a guest’s events; xenalyze reads the file', { skip }, async (t) => {
  const folder = tinyGuests(t);
  const file = join(folder, 'trace');
  const stdout = await inDom0(
    t,
    folder,
    `
xentrace -e all trace &
tracer=$!
for _ in $(seq 100); do xl dmesg | grep -q 'xentrace: initialised' && break; sleep 0.1; done
xl create -q -e pvh.cfg
id=$(xl domid tinypvh)
echo "guest $id"
xl pause tinypvh
xl unpause tinypvh
xl destroy tinypvh
# Gone once xenconsoled has let go of its ring.
for _ in $(seq 200); do xl list $id > list 2>&1 || break; sleep 0.1; done
kill -INT $tracer
wait $tracer
echo "status $?"
xentrace_setsize 16 || echo "setsize $?"`,
  );
  t.match(stdout, /^status 0$/m);
  t.match(stdout, /^setsize 1$/m, 'the size stays, and the tool says so');
  const guest = Number(/^guest (\d+)$/m.exec(stdout)?.[1]);
  const found = records(readFileSync(file));
  const of = (event: number) => found.filter((each) => each.event === event);
  const { hypercall, subcall, sleep, wake, domAdd, domRem } = traceEvents;
  const [DOMCTL, SYSCTL, XEN_VERSION, MEMORY_OP] = [36, 35, 17, 12];
  const numbers = new Set(of(hypercall).map(({ data: [word = 0] }) => word & 0xfffff));
  for (const number of [DOMCTL, SYSCTL, XEN_VERSION]) t.ok(numbers.has(number), `hypercall ${number}`);
  t.ok(
    of(subcall).every(({ data: [word] }) => word === MEMORY_OP),
    'what multicalls hold',
  );
  for (const event of [sleep, wake]) {
    t.ok(
      of(event).some(({ data }) => data[0] === guest && data[1] === 0),
      `event ${event.toString(16)}`,
    );
  }
  for (const event of [domAdd, domRem]) {
    t.strictSame(
      of(event).map(({ data }) => data),
      [[guest]],
    );
  }
  const times = found.filter(({ cpu }) => cpu === 0).flatMap(({ cycles }) => cycles ?? []);
  t.ok(
    times.every((time, index) => time >= (times[index - 1] ?? 0n)),
    'a CPU goes forward in time',
  );
  const analysed = execFileSync('xenalyze', ['--summary', file], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.match(analysed, /domctl +\[36\]: +\d+/);
  t.notMatch(analysed, /error|corrupt/i);
});
