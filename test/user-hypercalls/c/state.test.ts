import t from 'tap';
import { errno } from '../../../src/xen/errno.ts';
import { head, loadC, skip } from '../../helpers/c-hypercalls.ts';

t.test('a trap restores stack, variables, heap and locks to their state before the call', { skip }, async (t) => {
  const { call, failures } = await loadC(
    t,
    'trap.c',
    `${head}
static DEFINE_SPINLOCK(lock);
static int calls;
static int *kept;
long do_hello(long how, long divisor)
{
    volatile char room[2048];
    long result;

    room[0] = calls;
    calls++;
    spin_lock(&lock);
    if ( !kept )
        kept = xmalloc(int);
    *kept = calls;
    xmalloc_bytes(1000);
    result = how == 0 ? 60 / divisor : how == 1 ? *(volatile long *)divisor : how == 2 ? (long)panic : room[0];
    if ( how == 2 )
        BUG();
    spin_unlock(&lock);
    return how == 3 ? calls * 100 + *kept : result;
}
`,
  );
  t.equal(call(3), 101);
  for (let time = 0; time < 200; time += 1) {
    for (const args of [[0, 0], [1, 0x400000], [1, 0], [2]]) t.equal(call(...args), -errno.EFAULT);
  }
  t.equal(failures.length, 800);
  t.match(
    failures.slice(0, 4).map(({ message }) => message),
    [
      /divide by zero/,
      /dereferenced a pointer that is not the hypervisor's \(0x400000\)/,
      /dereferenced NULL/,
      /Xen BUG at .*trap\.c:/,
    ],
  );
  t.equal(call(3), 202, 'one call and no more was counted');
});

t.test(
  'a hypercall that hoards memory gets no more than a C file may have, and affects no other',
  { skip },
  async (t) => {
    const { call, failures } = await loadC(
      t,
      'hoard.c',
      `${head}
long do_hello(long pages, long unused)
{
    long got;

    for ( got = 0; got < pages; got++ )
    {
        char *page = xmalloc_bytes(4096);

        if ( !page )
            break;
        page[0] = page[4095] = 1;
    }
    return got;
}
`,
    );
    t.equal(call(1), 1);
    const most = call(1_000_000);
    t.ok(most > 1 && most < 1024, `${most} pages of 4 MiB`);
    t.equal(call(1), 0);
    t.strictSame(failures, []);
  },
);

t.test('a handler that would hang a real Xen ends here with a message', { skip }, async (t) => {
  const { call, failures, said } = await loadC(
    t,
    'locks.c',
    `${head}
static DEFINE_SPINLOCK(lock);
static DEFINE_RWLOCK(names);
static int twelve(int what) { return what + 2; }
static int (*ops[])(int) = { twelve, NULL };
static int deep(int n, volatile char *above)
{
    volatile char here[256];

    here[0] = above[0] + n;
    return n < 0 ? 0 : deep(n + 1, here) + here[0];
}
long do_hello(int what)
{
    volatile char here[1] = { 0 };
    char *p = NULL;

    switch ( what )
    {
    case 0:
        spin_lock(&lock);
        spin_lock(&lock);
        break;
    case 1:
        spin_unlock(&lock);
        break;
    case 2:
        read_lock(&names);
        write_lock(&names);
        break;
    case 3:
        return deep(0, here);
    case 4:
        p = xmalloc_bytes(10);
        xfree(p);
        xfree(p);
        break;
    case 5:
        p = xmalloc_bytes(10);
        p[10] = 0;
        xfree(p);
        break;
    case 6:
        xfree(&what);
        break;
    case 7:
        put_domain(current->domain);
        break;
    case 8:
        spin_lock(&lock);
        return spin_trylock(&lock);
    case 9:
        return strlen(p);
    case 12:
        if ( !hypercall_preempt_check() )
            return 1;
        return hypercall_create_continuation(__HYPERVISOR_hello, "i", what);
    case 13:
        return hypercall_create_continuation(__HYPERVISOR_hello, "i", what);
    case 10:
    case 11:
        return ops[what - 10](what);
    }
    return 0;
}
`,
  );
  for (let what = 0; what < 8; what += 1) t.equal(call(what), -errno.EFAULT);
  t.match(
    failures.map(({ message }) => message),
    [
      /spin_lock at .*locks\.c:25 waits for the lock taken at .*locks\.c:24/,
      /spin_unlock at .*locks\.c:28 of a lock that is not held/,
      /write_lock at .*locks\.c:32 waits/,
      /has overflowed the stack/,
      /xfree of .* which was freed before/,
      /xfree of .* beyond its 10 bytes/,
      /xfree of .* which xmalloc did not give out/,
      /put_domain of domain 0/,
    ],
  );
  t.equal(call(9), -errno.EFAULT);
  t.match(failures.at(-1)?.message, /^strlen in do_hello dereferenced NULL|^do_hello dereferenced NULL/);
  t.equal(call(10), 12);
  t.equal(call(12), 1);
  t.equal(call(13), -errno.EFAULT);
  t.match(failures.at(-1)?.message, /hypercall 39 continues itself/);
  t.equal(call(11), -errno.EFAULT);
  t.match(failures.at(-1)?.message, /do_hello called a function through a pointer that is NULL/);
  t.equal(call(8), 0);
  t.match(said(), /do_hello returned with the lock taken at .*locks\.c:53/);
});

t.test('a file that allocates without end gets NULL, and other files are not affected', { skip }, async (t) => {
  const { call, said } = await loadC(
    t,
    'hoard.c',
    `${head}
long do_hello(unsigned long bytes)
{
    long count = 0;

    while ( xmalloc_bytes(bytes) )
        count++;
    return count;
}
`,
  );
  t.equal(call(65536), 16);
  t.equal(call(65536), 0);
  t.equal(call(1), 0);
  t.equal(call(0xffffffffffffn), 0);
  t.equal(said().match(/answers NULL/g)?.length, 1, 'said once');
});

t.test(
  "a caller's pointer works as on hardware without SMAP before Xen 4.5, with one warning, and not later",
  { skip },
  async (t) => {
    const text = `${head}
struct pair { int a; long b; };
int do_hello(char *text, struct pair *pair)
{
    char copy[16];
    int n = 0;

    while ( text[n] )
        n++;
    strlcpy(copy, text, sizeof(copy));
    text[0] = '!';
    memcpy(text + 1, "EL", 2);
    pair->a += 1;
    pair->b = -pair->b;
    return n + strcmp(copy, "hello");
}
`;
    const { xenVersions } = await import('../../../src/xen/abi/abi.ts');
    for (const version of ['4.1', '4.4'] as const) {
      const abi = await (await import('../../../src/xen/abi/abi.ts')).loadAbi(version);
      const { call, guest, said } = await loadC(t, 'raw.c', text, { abi });
      guest.view.setInt32(64, 8, true);
      guest.view.setBigInt64(72, 5n, true);
      t.equal(call(guest.base, guest.base + 64), 5);
      t.equal(new TextDecoder().decode(guest.bytes.subarray(0, 5)), '!ELlo');
      t.same([guest.view.getInt32(64, true), guest.view.getBigInt64(72, true)], [9, -5n]);
      t.equal(call(guest.base, guest.base + 64), 5 + '!ELlo'.localeCompare('hello'));
      t.equal(said().match(/a guest's pointer 0x400000 was read through/g)?.length, 1, `said once by ${version}`);
      t.equal(call(guest.base, 0), -errno.EFAULT, 'NULL is nothing');
      t.equal(call(0x7000_0000_0000, guest.base), -errno.EFAULT, 'nor is what is not mapped');
    }
    t.ok(xenVersions.includes('4.5'));
    const abi = await (await import('../../../src/xen/abi/abi.ts')).loadAbi('4.5');
    const { call, guest, failures } = await loadC(t, 'raw.c', text, { abi });
    t.equal(call(guest.base, guest.base + 64), -errno.EFAULT);
    t.match(failures[0]?.message, /copy_from_guest/);
  },
);
