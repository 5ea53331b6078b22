import t from 'tap';
import { Ptracer } from '../../src/caller/ptracer.ts';
import { Tracee } from '../../src/caller/tracee.ts';
import * as ptrace from '../../src/linux/process/ptrace.ts';
import { missing } from '../helpers/capabilities.ts';
import { Program } from './program.ts';

/** A ptracer whose waits look again and again, as if an alarm interrupted each. */
class ImpatientPtracer extends Ptracer {
  override get alarm() {
    return Object.assign(super.alarm, { error: 11 });
  }
}

const STOPS = 12_000;

t.test(
  'a stop that comes after the end of a wait and before the check of the thread is reported as a stop',
  { skip: missing('ptrace') },
  async (t) => {
    const program = new Program('sh', '-c', 'echo ready; while :; do kill -0 $$; done');
    t.teardown(() => program.kill());
    await program.expect(/ready/);
    const ptracer = new ImpatientPtracer();
    const tracee = new Tracee(ptracer, program.pid, { timeout: 20_000 });
    t.equal(ptrace.seize(program.pid), 0);
    t.equal(ptrace.interrupt(program.pid), 0);
    t.same(tracee.wait(), { at: 'event' });
    const wrong: unknown[] = [];
    for (let stops = 0; stops < STOPS && wrong.length === 0; stops += 1) {
      ptrace.resumeToSyscall(program.pid);
      tracee.renew();
      const stop = tracee.wait();
      if (typeof stop === 'string' || stop.at !== 'call') wrong.push(stop);
    }
    t.same(wrong, [], 'each is a system call');
    ptracer.detach(program.pid, 0);
  },
);
