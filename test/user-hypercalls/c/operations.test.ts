import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { LoadedHypercalls } from '../../../src/user-hypercalls/loaded.ts';
import { addDomain, createVcpus } from '../../../src/xen/domain/lifecycle.ts';
import { errno } from '../../../src/xen/errno.ts';
import { skip } from '../../helpers/c-hypercalls.ts';
import { traced } from '../../trace/traced.ts';
import { FakeGuest } from '../../xen/fake-guest.ts';
import { hypercall, testHypervisor } from '../../xen/host.ts';

async function load(path: string, text: string) {
  writeFileSync(path, text);
  const xen = await testHypervisor();
  const guest = new FakeGuest(4096, 0x400000);
  new LoadedHypercalls({ hypervisor: xen, onFailure: () => {} }).load([path]);
  return { xen, guest };
}

t.test('commands of Xen’s hypercalls can be written in C', { skip }, async (t) => {
  const { xen, guest } = await load(
    join(t.testdir({}), 'commands.c'),
    `#define XENVER_lucky 90
#define XENVER_unanswered 91
#define XEN_DOMCTL_vcpus 2000
#define XEN_SYSCTL_twice 2001
#define XENMEM_first (60 + 1)

struct number { uint32_t value, twice; };
DEFINE_XEN_GUEST_HANDLE(uint32_t);

static long xen_version_lucky(void)
{
    return XENVER_version + 7;
}

static int domctl_vcpus(struct domain *d, struct number *number)
{
    if ( number->value == 0 )
        return -EINVAL;
    number->twice = d->max_vcpus * 2;
    return number->value;
}

long sysctl_twice(const struct number *number)
{
    return number->value * 2;
}

long memory_op_first(XEN_GUEST_HANDLE_PARAM(uint32_t) arg)
{
    uint32_t first;

    return copy_from_guest(&first, arg, 1) ? -EFAULT : (long)first;
}
`,
  );
  createVcpus(xen, addDomain(xen, { id: 7, type: 'pv' }), 3);
  const call = (name: string, args: number[], domid = 0) =>
    hypercall(xen, guest, xen.abi.hypercalls[name] ?? -1, args, domid);
  t.equal(call('xen_version', [90, 0]), 7);
  t.equal(call('xen_version', [91, 0]), -errno.ENOSYS, 'a number without a function is none');
  t.equal(call('xen_version', [0, 0]), 0x40011, "Xen's own are as before");

  const domctl = (domid: number, value: number) => {
    guest.bytes.fill(0);
    guest.view.setUint32(0, 2000, true);
    guest.view.setUint32(4, xen.abi.domctlVersion, true);
    guest.view.setUint16(8, domid, true);
    guest.view.setUint32(16, value, true);
    return call('domctl', [guest.base]);
  };
  t.equal(domctl(7, 5), 5);
  t.equal(guest.view.getUint32(20, true), 6, 'what it changed is at the caller');
  t.equal(domctl(7, 0), -errno.EINVAL);
  t.equal(guest.view.getUint32(20, true), 0);
  t.equal(domctl(8, 5), -errno.ESRCH);
  const shown = await traced(xen, { verbosity: 1 });
  domctl(7, 5);
  t.match(shown(), /domctl\(op=0x\w+\{vcpus\}\) = 5[\s\S]*domain=7, value=5, twice=0\}\n +op -> \{twice=6\}/);
  t.equal(call('domctl', [guest.base], 7), -errno.EPERM, 'a guest may not');

  guest.view.setUint32(0, 2001, true);
  guest.view.setUint32(4, xen.abi.sysctlVersion, true);
  guest.view.setUint32(8, 21, true);
  t.equal(call('sysctl', [guest.base]), 42);

  guest.view.setUint32(0, 12345, true);
  t.equal(call('memory_op', [61, guest.base]), 12345);
  t.equal(call('memory_op', [61, 0]), -errno.EFAULT);
});

t.test('an impossible command is refused with its line', { skip }, async (t) => {
  const path = join(t.testdir({}), 'bad.c');
  const cases: [string, RegExp][] = [
    ['#define XENVER_x 90\nlong xen_version_x(int a) { return a; }\n', /bad\.c:2: xen_version_x takes 'int'/],
    [
      '#define XEN_SYSCTL_x 900\nstruct large { char room[129]; };\nlong sysctl_x(struct large *it) { return 0; }\n',
      /bad\.c:\d+: .*BUILD_BUG_ON\(sizeof\(it0\) > 128\)/,
    ],
    ['#define XENVER_x 90\nlong other(void) { return 0; }\n', /bad\.c:1: no hypercall/],
  ];
  for (const [text, message] of cases) await t.rejects(load(path, text), { message });
});
