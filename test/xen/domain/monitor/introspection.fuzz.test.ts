import fc from 'fast-check';
import t from 'tap';
import { destroyDomain } from '../../../../src/xen/domain/lifecycle.ts';
import { guestAccess } from '../../../../src/xen/domain/monitor/guest-access.ts';
import { fuzz, timeout } from '../../../helpers/fuzz.ts';
import { violatedAccounts } from '../../accounts.ts';
import { hypercall } from '../../host.ts';
import { listener, RING_GFN } from './listener.ts';

const word = fc.oneof(fc.nat(12), fc.constantFrom(31, 32, 4095, 2 ** 31, 2 ** 32 - 1), fc.nat(2 ** 32 - 1));
const frame = fc.oneof(fc.nat(20), fc.constantFrom(RING_GFN, RING_GFN + 1, 0xfefff, 0xff000, 2 ** 36));

const step = fc.oneof(
  fc.record({ do: fc.constant('vmEvent'), op: fc.nat(4), mode: fc.constantFrom(1, 2, 2, 2, 2, 3) }),
  fc.record({ do: fc.constant('monitor'), op: fc.nat(5), event: fc.nat(33), value: word }),
  fc.record({ do: fc.constant('access'), op: fc.nat(5), access: fc.nat(12), frame, count: word, start: fc.nat(2) }),
  fc.record({ do: fc.constant('required'), value: fc.nat(1) }),
  fc.record({ do: fc.constant('guestAccess'), vcpu: fc.nat(2), frame, write: fc.boolean() }),
  fc.record({ do: fc.constant('guestRequest') }),
  fc.record({ do: fc.constant('ringWord'), at: fc.nat(1000), value: word }),
  fc.record({ do: fc.constant('answer'), index: fc.nat(20) }),
  fc.record({ do: fc.constant('bind') }),
  fc.record({ do: fc.constant('send') }),
  fc.record({ do: fc.constant('populate'), frame }),
  fc.record({ do: fc.constant('remove'), frame }),
  fc.record({ do: fc.constant('ringFrame'), frame }),
  fc.record({
    do: fc.constant('views'),
    cmd: fc.nat(17),
    view: fc.nat(10),
    access: fc.nat(12),
    frame,
    other: frame,
    last: word,
  }),
  fc.record({ do: fc.constant('dirty'), op: fc.constantFrom(0, 2, 11, 12), pages: word }),
  fc.record({ do: fc.constant('vmtrace'), cmd: fc.nat(7), key: fc.constantFrom(0x561, 0x570, 0x571, 0), value: word }),
);
/** The members of all steps; each step has those of its kind. */
type Step = { do: string } & Partial<Record<string, number | boolean | string>>;

t.test('no action of a listener or a guest breaks the model’s invariants', { timeout }, async (t) => {
  await fuzz(
    t,
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 120, size: 'max' }), async (steps) => {
      const { xen, domain, dom0, vmEvent, monitor, word, answer, access, control, guest } = await listener(
        'intel',
        'dom0_mem=1G,max:1G altp2m=1',
      );
      domain.hvmParameters.set(35, 1n);
      domain.memory.vmtracePages = 16;
      const thrown: string[] = [];
      xen.hooks.handlerFailed.add(({ name }, error) =>
        thrown.push(`${name}: ${error instanceof Error ? error.stack : error}`),
      );
      const pages = xen.memory.heap.freePages + domain.totPages;
      let port = 0;
      for (const each of steps as Step[]) {
        const number = (name: string) => Number(each[name] ?? 0);
        switch (each.do) {
          case 'vmEvent':
            vmEvent(number('op'), number('mode'));
            break;
          case 'monitor':
            monitor(number('op'), number('event'), { 'monitor_op.u.mov_to_msr.msr': number('value') });
            break;
          case 'access': {
            const lists = { pfn_list: guest.base + 4096, access_list: guest.base + 8192 };
            const fields = { op: number('op'), access: number('access'), pfn: number('frame'), nr: number('count') };
            access({ ...fields, ...lists }, { start: number('start') });
            break;
          }
          case 'required':
            control.domctl('set_access_required', 1, { 'access_required.access_required': number('value') });
            break;
          case 'guestAccess': {
            const kind = each['write'] === true ? 'w' : 'r';
            guestAccess(xen, domain, number('vcpu'), { frame: number('frame'), offset: 0, kind });
            break;
          }
          case 'guestRequest':
            hypercall(xen, guest, 34, [24, 0], 1);
            break;
          case 'ringWord':
            word(4 * number('at'), number('value'));
            break;
          case 'answer':
            answer(number('index'));
            break;
          case 'bind': {
            const bound = dom0.eventChannels.bindInterdomain(domain, control.out('vm_event_op.u.enable.port'));
            if (bound > 0) port = bound;
            break;
          }
          case 'send':
            dom0.eventChannels.send(port);
            break;
          case 'populate':
            domain.memory.populate(number('frame'), 1);
            break;
          case 'remove':
            domain.memory.remove(number('frame'));
            break;
          case 'ringFrame':
            domain.hvmParameters.set(28, BigInt(number('frame')));
            break;
          case 'views': {
            const { view } = guest;
            guest.bytes.fill(0, 0, 80);
            for (const [at, value] of [1, number('cmd'), domain.id].entries()) view.setUint32(4 * at, value, true);
            view.setUint16(16, number('view'), true);
            view.setUint16(18, number('access'), true);
            for (const [at, name] of ['frame', 'other', 'last'].entries())
              view.setBigUint64(24 + 8 * at, BigInt(number(name)), true);
            hypercall(xen, guest, 34, [25, guest.base], number('view') % 2);
            break;
          }
          case 'dirty': {
            const fields = { op: number('op'), pages: number('pages'), dirty_bitmap: guest.base + 4096 };
            const named = Object.entries(fields).map(([name, value]) => [`shadow_op.${name}`, value]);
            control.domctl('shadow_op', 1, Object.fromEntries(named));
            break;
          }
          default: {
            const fields = { cmd: number('cmd'), key: number('key'), value: number('value') };
            const named = Object.entries(fields).map(([name, value]) => [`vmtrace_op.${name}`, value]);
            control.domctl('vmtrace_op', 1, Object.fromEntries(named));
          }
        }
        if (thrown.length > 0) throw new Error(thrown.join('\n'));
        const wrong = violatedAccounts(xen);
        for (const { id, pauseCount, eventPauseCount } of domain.vcpus) {
          if (pauseCount !== eventPauseCount || pauseCount < 0) wrong.push(`vcpu ${id}: ${pauseCount} pauses`);
        }
        const now = xen.memory.heap.freePages + domain.totPages;
        if (now !== pages) wrong.push(`${now} pages, not ${pages}`);
        if (wrong.length > 0) throw new Error(`after ${JSON.stringify(each)}: ${wrong.join('; ')}`);
      }
      destroyDomain(xen, domain);
      const { freePages } = xen.memory.heap;
      if (freePages < pages) throw new Error(`${freePages} free pages after its end, not ${pages}`);
    }),
  );
});
