// Each explanation says whether the recordings have the same answer of a real Xen. Probing calls of libraries are not explained.

import t, { type Test } from 'tap';
import { recordedAnswers as generate } from '../../scripts/generate/recorded.ts';
import { Explainer } from '../../src/explain/explainer.ts';
import { releasesWith } from '../../src/explain/recorded.ts';
import { recordedAnswers } from '../../src/explain/recorded-answers.ts';
import { Domain } from '../../src/xen/domain/domain.ts';
import { FakeGuest } from '../xen/fake-guest.ts';
import { hypercall, testHypervisor } from '../xen/host.ts';

const BASE = 0x7f1234500000;
const OWN = '7f1234500000-7f1234510000 rw-p 00000000 00:00 0\n';
const LIBXC = `${OWN}7f1234600000-7f1234610000 r-xp 00000000 fe:00 12 /usr/lib/x86_64-linux-gnu/libxenctrl.so.4.17.0\n`;

const [MEMORY_OP, XSM_OP, SYSCTL, DOMCTL, ARGO_OP] = [12, 27, 35, 36, 39];
const GET_VNUMAINFO = 26;

async function setup(maps: string, domain?: Domain) {
  const hypervisor = await testHypervisor();
  if (domain !== undefined) hypervisor.domains.add(domain);
  const guest = new FakeGuest(65536, BASE);
  const explainer = new Explainer({
    hypervisor,
    tid: () => 42,
    caller: () => ({ tid: 42, pid: 42, comm: 'prog' }),
    maps: () => maps,
  });
  const ask = (number: number, args: number[], from = 0) => {
    const before = explainer.records().length;
    hypercall(hypervisor, guest, number, args, from);
    return explainer.records().length === before ? undefined : explainer.records().at(-1)?.explanation;
  };
  /** A command of domctl or sysctl, with these 32-bit values at these offsets. */
  const control = (number: number, command: number, words: Readonly<Record<number, number>>, from = 0) => {
    guest.bytes.fill(0);
    guest.view.setUint32(0, command, true);
    guest.view.setUint32(4, number === DOMCTL ? hypervisor.abi.domctlVersion : hypervisor.abi.sysctlVersion, true);
    for (const [offset, word] of Object.entries(words)) guest.view.setUint32(Number(offset), word, true);
    return ask(number, [BASE], from);
  };
  return { hypervisor, explainer, guest, ask, control };
}

t.test('the generated list matches the recordings: scripts/generate/recorded.ts was run', async (t) => {
  t.equal(recordedAnswers, await generate());
  t.ok(recordedAnswers.split('\n').length > 200);
});

t.test('an errno is recorded for an operation, by release, to dom0 or to a guest', async (t) => {
  t.strictSame(releasesWith('domctl createdomain', 'EINVAL', false), ['4.14', '4.17', '4.20']);
  t.strictSame(releasesWith('domctl createdomain', 'EPERM', true), ['4.17']);
  t.strictSame(releasesWith('domctl createdomain', 'EPERM', false), []);
  t.strictSame(releasesWith('dm_op', 'EACCES', false), ['4.20']);
  t.strictSame(releasesWith('domctl createdomain', 'EACCES', false), ['4.17'], 'before the command is looked at');
  t.strictSame(releasesWith('domctl createdomain', 'EILSEQ', false), []);
  t.strictSame(releasesWith('domctl pausedomain', 'EFAULT', false), ['4.14', '4.17', '4.20'], 'as domctl itself');
  t.strictSame(releasesWith('nothing', 'EINVAL', false), []);
});

t.test('an explanation names the releases that gave the same answer, or says that none is recorded', async (t) => {
  const guest = new Domain(7, 'pv', false);
  const { ask, control } = await setup(OWN, guest);
  const pauseNobody = control(DOMCTL, 3, { 8: 999 });
  t.match(
    pauseNobody?.xen,
    /^this is the answer of Fauxen's model of Xen 4\.17\. Recorded: a real Xen 4\.14, 4\.17, 4\.20 answered ESRCH to domctl pausedomain\.$/,
  );
  t.match(control(DOMCTL, 3, { 8: 0 }, 7)?.xen, /Recorded: a real Xen 4\.17 answered EPERM to domctl pausedomain\.$/);
  t.match(
    ask(ARGO_OP, [1])?.xen,
    /^another build of Xen may perform it\. Recorded: a real Xen 4\.17 answered ENOSYS to argo_op\.$/,
  );
  t.match(
    ask(23, [])?.xen,
    /^another build of Xen may perform it\. Not recorded: no recording of a real Xen has EFAULT for iret /,
  );
});

t.test('a probe by libxc that is expected to fail is no failure; by another program it is one', async (t) => {
  const questions = (t: Test, { ask, control, guest }: Awaited<ReturnType<typeof setup>>, explained: boolean) => {
    guest.bytes.fill(0);
    guest.view.setUint32(0, 5, true); // FLASK_SID_TO_CONTEXT
    t.equal(ask(XSM_OP, [BASE]) !== undefined, explained, 'the label of a domain');
    t.equal(control(DOMCTL, 5, { 8: 1 }) !== undefined, explained, 'the domain after the last');
    t.equal(control(SYSCTL, 18, { 8: 3, 12: 1 }) !== undefined, explained, 'the pool after the last');
    guest.bytes.fill(0);
    t.equal(ask(MEMORY_OP, [GET_VNUMAINFO, BASE]) !== undefined, explained, 'virtual NUMA of a domain that has none');
  };
  questions(t, await setup(LIBXC), false);
  questions(t, await setup(OWN), true);
  const { control, guest, ask, explainer } = await setup(LIBXC);
  t.match(control(DOMCTL, 5, { 8: 9 })?.why, /getdomaininfo answered ESRCH/, 'a domain far behind the last');
  guest.view.setUint32(0, 2, true); // FLASK_GETENFORCE
  t.match(ask(XSM_OP, [BASE])?.cause, 'not-modelled', 'flask-getenforce');
  const refused = { memory: guest, restricted: 0x7ff4, compat: false, domid: 0, privileged: true };
  const before = explainer.records().length;
  for (const command of [0x50ff, 0x5063])
    explainer.noteIoctl({ ...refused, command, argument: 0, result: -25 } as Parameters<typeof explainer.noteIoctl>[0]);
  t.equal(explainer.records().length, before + 1, 'IOCTL_PRIVCMD_UNIMPLEMENTED asks how others are refused');
});
