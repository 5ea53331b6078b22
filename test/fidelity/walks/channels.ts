import type { Calls } from '../calls.ts';
import { Random } from '../random.ts';
import { Variable } from '../script.ts';
import type { Guests } from '../settings.ts';

const STEPS = 400;
/** A virq of dom0's kernel must not be taken from it; these are free in dom0. */
const VIRQS = [6, 7, 11, 13, 14, 16, 23, 24];

/** Event channels between dom0 and guests: allocate, bind, status, close, reset. dom0's own ports are named P0, P1 … */
export function channels(calls: Calls, { pv, hvm, pvh }: Guests, salt: string): void {
  const random = new Random(`channels ${salt}`);
  const name = ({ value }: { value: bigint }) => (value === pv.value ? 'pv' : value === hvm.value ? 'hvm' : 'pvh');
  const own: Variable[] = [];
  const newPort = () => {
    const variable = calls.script.variable(`port${own.length}`, 3900n); // an unused number, until a call succeeds
    own.push(variable);
    return variable;
  };
  const port = { kinds: { port: 'port', local_port: 'port', 'u.interdomain.port': 'number' } } as const;
  const event = (
    operation: string,
    id: string,
    asked: string,
    set: Record<string, number | bigint | Variable>,
    keep = {},
  ) =>
    calls.stable('event_channel_op', 'EVTCHNOP', operation, `evtchn_${operation}`, { id, asked, set, keep, ...port });
  for (let step = 0; step < STEPS; step++) {
    const id = `walk.${step}`;
    const guest = random.pick([pv, hvm, pvh]);
    const dom = guest.value;
    const theirs = random.chance(12) ? random.pick([1023, 1024, 5000]) : random.below(14);
    const mine = own.length > 0 && !random.chance(8) ? random.pick(own) : 3900 + random.below(3);
    const text = mine instanceof Variable ? mine.name : String(mine);
    switch (random.below(11)) {
      case 0:
      case 1: {
        const remote = random.pick([0n, 0x7ff0n, dom, pv.value, 999n]);
        const plain = {
          id,
          asked: `alloc_unbound dom=${name(guest)} remote=${remote}`,
          set: { dom, remote_dom: remote },
        };
        calls.stable('event_channel_op', 'EVTCHNOP', 'alloc_unbound', 'evtchn_alloc_unbound', plain);
        break;
      }
      case 2: {
        const remote = random.pick([dom, 0x7ff0n, 0n, 999n]);
        event(
          'alloc_unbound',
          id,
          `alloc_unbound dom=self remote=${remote}`,
          { dom: 0x7ff0, remote_dom: remote },
          { port: newPort() },
        );
        break;
      }
      case 3:
      case 4: {
        const set = { remote_dom: dom, remote_port: theirs };
        event('bind_interdomain', id, `bind ${name(guest)}:${theirs}`, set, { local_port: newPort() });
        break;
      }
      case 5:
        event(
          'bind_interdomain',
          id,
          `bind self:${text}`,
          { remote_dom: 0x7ff0, remote_port: mine },
          { local_port: newPort() },
        );
        break;
      case 6:
        event('status', id, `status ${name(guest)}:${theirs}`, { dom, port: theirs });
        break;
      case 7: {
        const set = { dom: 0x7ff0, port: mine };
        const kinds = { 'u.interdomain.port': 'any' } as const; // another port of dom0, or a guest's
        calls.stable('event_channel_op', 'EVTCHNOP', 'status', 'evtchn_status', {
          id,
          asked: `status self:${text}`,
          set,
          kinds,
        });
        break;
      }
      case 8:
        event('close', id, `close ${text}`, { port: mine });
        break;
      case 9:
        if (random.below(3) === 0) event('send', id, `send ${text}`, { port: mine });
        else if (random.chance(2)) {
          const vcpu = random.below(4);
          event('bind_vcpu', id, `bind_vcpu ${text} vcpu=${vcpu}`, { port: mine, vcpu });
        } else {
          const priority = random.pick([0, 7, 15, 16, 99]);
          event('set_priority', id, `set_priority ${text} ${priority}`, { port: mine, priority });
        }
        break;
      default:
        if (random.chance(5)) event('reset', id, `reset ${name(guest)}`, { dom });
        else {
          const [virq, vcpu] = [random.pick(VIRQS), random.below(3)];
          event('bind_virq', id, `bind_virq ${virq} vcpu=${vcpu}`, { virq, vcpu }, { port: newPort() });
        }
    }
    if (own.length > 60) own.splice(random.below(own.length), 1);
  }
}
