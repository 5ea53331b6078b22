import t from 'tap';
import { errno } from '../../../src/xen/errno.ts';
import { head, loadC, skip } from '../../helpers/c-hypercalls.ts';

/** The text at the beginning of the caller's memory. */
const textOf = ({ bytes }: { bytes: Uint8Array }) => new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(0)));

t.test('a list under a lock keeps notes with a time and a formatted number', { skip }, async (t) => {
  const { call, guest } = await loadC(
    t,
    'notes.c',
    `${head}
#include <xen/list.h>
#include <xen/spinlock.h>
#include <xen/xmalloc.h>
struct note { struct list_head list; s_time_t when; int value; };
static LIST_HEAD(notes);
static DEFINE_SPINLOCK(lock);
static DEFINE_RWLOCK(names);

long do_hello(int value, XEN_GUEST_HANDLE_PARAM(char) text)
{
    struct note *n = xzalloc(struct note), *next;
    char line[32];
    unsigned long flags;
    int count = 0, sum = 0;

    if ( !n )
        return -ENOMEM;
    n->value = value;
    n->when = NOW();
    spin_lock_irqsave(&lock, flags);
    list_add_tail(&n->list, &notes);
    list_for_each_entry ( n, &notes, list )
        count++, sum += n->value;
    if ( count == 4 )
        list_for_each_entry_safe ( n, next, &notes, list )
        {
            list_del(&n->list);
            xfree(n);
        }
    spin_unlock_irqrestore(&lock, flags);
    read_lock(&names);
    read_lock(&names);
    read_unlock(&names);
    read_unlock(&names);
    snprintf(line, sizeof(line), "%d notes, %d, %ld", count, sum, NOW());
    return copy_to_guest(text, line, strlen(line) + 1) ? -EFAULT : count;
}
`,
  );
  const texts = [1, 2, 3, 4, 5].map((value) => {
    call(value, guest.base);
    return textOf(guest);
  });
  t.same(texts, [
    '1 notes, 1, 1000000000',
    '2 notes, 3, 1000000000',
    '3 notes, 6, 1000000000',
    '4 notes, 10, 1000000000',
    '1 notes, 5, 1000000000',
  ]);
});

t.test('domains and virtual CPUs are those of the model, also after changes', { skip }, async (t) => {
  const { xen, call, callAs, addGuest, said } = await loadC(
    t,
    'domains.c',
    `${head}
long do_hello(int what, int domid)
{
    struct domain *d;
    struct vcpu *v;
    long n = 0;

    switch ( what )
    {
    case 0:
        rcu_read_lock(&domlist_read_lock);
        for_each_domain ( d )
            n += d->domain_id + 100;
        rcu_read_unlock(&domlist_read_lock);
        return n;
    case 1:
        d = domid == DOMID_SELF ? rcu_lock_current_domain() : rcu_lock_domain_by_id(domid);
        if ( !d )
            return -ESRCH;
        for_each_vcpu ( d, v )
            n += v->vcpu_id + (v->domain == d ? 10 : 0);
        n += d->max_vcpus * 1000;
        rcu_unlock_domain(d);
        return n;
    case 2:
        return current->domain->domain_id * 10 + is_control_domain(current->domain) * 2 + is_pv_domain(current->domain);
    case 3:
        d = get_domain_by_id(domid);
        if ( !d )
            return -ESRCH;
        d->max_pages = 777;
        n = d->controller_pause_count;
        domain_unpause(d);
        put_domain(d);
        return n;
    case 4:
        return rcu_lock_remote_domain_by_id(domid, &d);
    case 5:
        d = rcu_lock_domain_by_id(domid);
        return d ? xsm_domctl(XSM_PRIV, d, 3) + xsm_unknown_hook(d) : -ESRCH;
    case 7:
        guest_printk(hardware_domain, XENLOG_G_WARNING "of %d\\n", dom0->max_vcpus);
        return total_pages == max_page && cpu_khz > 0 ? nr_cpu_ids : -1;
    case 6:
        printk("%pd %pv %u %#lx\\n", current->domain, current, current->domain->tot_pages, current->domain->vm_assist);
        gprintk(XENLOG_WARNING, "%*ph|%*phC|%*phN\\n", 3, &domid, 2, &domid, 2, &domid);
        return num_online_cpus();
    }
    return -ENOSYS;
}
`,
  );
  addGuest(3, 2);
  const five = addGuest(5, 1);
  t.equal(call(0), 100 + 103 + 105);
  t.equal(call(1, 3), 2021);
  t.equal(call(1, 9), -errno.ESRCH);
  t.equal(call(1, 0x7ff0), call(1, 0));
  t.equal(callAs(5, 2), 50 + 1);
  t.equal(call(2), 3);
  t.equal(call(3, 5), 1);
  t.match(five, { maxPages: 777, controllerPauseCount: 0 });
  t.equal(call(4, 0), -errno.EPERM);
  t.equal(call(4, 5), 0);
  t.equal(call(5, 5), 0, "XSM's hooks allow dom0");
  t.equal(callAs(3, 5, 5), -errno.EPERM * 2, 'and no guest');
  t.equal(call(6, 0x00cdab12), 2);
  t.match(said(), /d0 d0v0 \d+ 0\n\(XEN\) d0v0 12 ab cd\|12:ab\|12ab\n/);
  t.equal(call(7), 2);
  t.match(said(), /^\(d0\) of \d+$/m);
  xen.domains.delete(5);
  t.equal(call(0), 100 + 103);
  t.equal(call(1, 5), -errno.ESRCH);
  addGuest(5, 4);
  t.equal(call(1, 5), 4046, 'a new domain with an old number');
});

t.test('common functions and macros work as in Xen', { skip }, async (t) => {
  const { call, said } = await loadC(
    t,
    'small.c',
    `${head}
#define CHECK(condition) do { if ( !(condition) ) { printk("line %d: %s\\n", __LINE__, #condition); bad++; } } while ( 0 )
struct pair { int key, value; };
struct totals { uint64_aligned_t total_pages; uint32_t cpu_khz, current_count; } totals = { .cpu_khz = 3 };
static void swap(int *a, int *b) { int c = *a; *a = *b; *b = c; }
static int abs(int dom0) { return dom0 < 0 ? -dom0 : dom0; }
static DEFINE_PER_CPU(int, counter);
static int start_value;
static int __init begin(void) { start_value = 42; return 0; }
__initcall(begin);
static int by_key(const void *a, const void *b) { return ((const struct pair *)a)->key - ((const struct pair *)b)->key; }

long do_hello(XEN_GUEST_HANDLE_PARAM(uint32_t) words)
{
    struct pair pairs[] = { { 3, 30 }, { 1, 10 }, { 2, 20 } }, wanted = { .key = 2 }, *found;
    DECLARE_BITMAP(map, 100) = { 0 };
    atomic_t count = ATOMIC_INIT(5);
    char text[24], copy[8], *rest = text;
    unsigned int i, bad = 0, *array;
    const char *end;

    BUILD_BUG_ON(sizeof(struct pair) != 8);
    CHECK(start_value == 42 && totals.cpu_khz == 3);
    swap(&pairs[0].key, &pairs[1].key);
    CHECK(pairs[0].key == 1 && abs(-3) == 3);
    CHECK(ARRAY_SIZE(pairs) == 3 && min(3, 4) == 3 && max_t(long, 3, 4u) == 4 && clamp(7, 1, 5) == 5);
    CHECK(container_of(&pairs[1].value, struct pair, value) == &pairs[1]);
    sort(pairs, 3, sizeof(*pairs), by_key, NULL);
    found = bsearch(&wanted, pairs, 3, sizeof(*pairs), by_key);
    CHECK(pairs[0].key == 1 && found && found->value == 20);
    set_bit(70, map);
    __set_bit(3, map);
    CHECK(test_bit(70, map) && find_first_bit(map, 100) == 3 && find_next_bit(map, 100, 4) == 70 && bitmap_weight(map, 100) == 2);
    CHECK(test_and_clear_bit(3, map) && !test_bit(3, map) && fls(0x80) == 8 && ffs(0x80) == 8 && hweight32(0xf0f0) == 8);
    atomic_inc(&count);
    CHECK(atomic_read(&count) == 6 && !atomic_dec_and_test(&count) && atomic_cmpxchg(&count, 5, 9) == 5 && atomic_read(&count) == 9);
    CHECK(cmpxchg(&bad, 1, 2) == 0 && xchg(&i, 7) | 1);
    CHECK(snprintf(text, sizeof(text), "%s,%x,%5.2d|", "ab", 255u, 3) == 12 && !strcmp(text, "ab,ff,   03|"));
    CHECK(snprintf(copy, sizeof(copy), "much too long") == 13 && !strcmp(copy, "much to"));
    CHECK(scnprintf(copy, sizeof(copy), "much too long") == 7);
    CHECK(strsep(&rest, ",") == text && rest == text + 3 && !strcmp(strrchr(rest, ','), ",   03|") && strstr(rest, "03"));
    CHECK(strlcpy(copy, "0123456789", sizeof(copy)) == 10 && !strcmp(copy, "0123456") && strncasecmp("ABc", "abD", 2) == 0);
    CHECK(simple_strtoul("0x1fz", &end, 0) == 31 && *end == 'z' && simple_strtol("-12", NULL, 10) == -12);
    CHECK(parse_bool("yes", NULL) == 1 && parse_bool("off", NULL) == 0 && parse_bool("x", NULL) == -1);
    this_cpu(counter) += 2;
    CHECK(per_cpu(counter, smp_processor_id()) == 2);
    CHECK(array_index_nospec(5, 4) == 0 && array_index_nospec(3, 4) == 3);
    CHECK(IS_ENABLED(CONFIG_HVM) && !IS_ENABLED(CONFIG_NOTHING));
    CHECK(ERR_PTR(-ENOMEM) == (void *)-12L && IS_ERR(ERR_PTR(-1)) && !IS_ERR(text));
    CHECK(DOMID_SELF == 0x7ff0 && PAGE_SIZE == 4096 && SECONDS(2) == 2000000000 && MB(1) == 1048576);

    array = xzalloc_array(uint32_t, 4);
    CHECK(array && !array[3]);
    for ( i = 0; i < 4; i++ )
        array[i] = i * i;
    array = xrealloc_array(array, 8);
    CHECK(array[3] == 9 && !((unsigned long)array & 3));
    CHECK(guest_handle_okay(words, 4) && !guest_handle_is_null(words));
    CHECK(copy_to_guest_offset(words, 1, array, 3) == 0 && clear_guest(words, 1) == 0);
    guest_handle_add_offset(words, 3);
    CHECK(copy_from_guest(&i, words, 1) == 0 && i == 4 && raw_copy_from_guest(&i, words.p, 4) == 0);
    XFREE(array);
    CHECK(array == NULL);
    ASSERT(bad == 1000);
    return bad;
}
`,
  );
  t.equal(call(0x400000), 0);
  t.equal(said(), '');
});

t.test('sorted sets, processors and the version', { skip }, async (t) => {
  const { call, said } = await loadC(
    t,
    'sets.c',
    `${head}
#include <xen/rbtree.h>
#include <xen/radix-tree.h>
#include <xen/cpumask.h>
#include <xen/version.h>
struct item { struct rb_node node; unsigned int key; };
static struct rb_root tree = RB_ROOT;
static RADIX_TREE(numbers);

static void put(struct item *item)
{
    struct rb_node **link = &tree.rb_node, *parent = NULL;

    while ( *link )
    {
        parent = *link;
        link = item->key < rb_entry(parent, struct item, node)->key ? &parent->rb_left : &parent->rb_right;
    }
    rb_link_node(&item->node, parent, link);
    rb_insert_color(&item->node, &tree);
}

/* The number of items, or -1 if they are not in order, forwards and backwards. */
static int count(void)
{
    struct rb_node *node;
    int n = 0, back = 0;

    for ( node = rb_first(&tree); node; node = rb_next(node), n++ )
        if ( rb_next(node) && rb_entry(node, struct item, node)->key > rb_entry(rb_next(node), struct item, node)->key )
            return -1;
    for ( node = rb_last(&tree); node; node = rb_prev(node) )
        back++;
    return n == back ? n : -1;
}

long do_hello(unsigned int seed)
{
    static struct item items[200];
    unsigned int i;
    void *found[4];
    cpumask_t mask;

    tree = RB_ROOT;
    for ( i = 0; i < ARRAY_SIZE(items); i++ )
    {
        seed = seed * 1103515245 + 12345;
        items[i].key = seed >> 16;
        put(&items[i]);
        if ( radix_tree_insert(&numbers, items[i].key, &items[i]) == 0 &&
             radix_tree_insert(&numbers, items[i].key, &items[i]) != -EEXIST )
            return -1;
    }
    if ( count() != ARRAY_SIZE(items) )
        return -2;
    for ( i = 0; i < ARRAY_SIZE(items); i += 2 )
    {
        if ( i % 3 == 0 )
        {
            struct item *copy = xmalloc(struct item);

            copy->key = items[i].key;
            rb_replace_node(&items[i].node, &copy->node, &tree);
            rb_erase(&copy->node, &tree);
            xfree(copy);
        }
        else
            rb_erase(&items[i].node, &tree);
        if ( count() != ARRAY_SIZE(items) - 1 - i / 2 )
            return -100 - i;
    }
    if ( radix_tree_gang_lookup(&numbers, found, 0, 4) != 4 || radix_tree_lookup(&numbers, items[7].key) == NULL )
        return -3;
    if ( !radix_tree_delete(&numbers, items[7].key) || radix_tree_lookup(&numbers, items[7].key) )
        return -4;
    radix_tree_destroy(&numbers, NULL);
    cpumask_clear(&mask);
    cpumask_set_cpu(1, &mask);
    for_each_cpu ( i, &mask )
        if ( i != 1 || !cpumask_test_cpu(i, &cpu_online_map) )
            return -5;
    printk("%u.%u%s %s\\n", xen_major_version(), xen_minor_version(), xen_extra_version(), xen_compile_by());
    return cpumask_weight(&cpu_online_map) * 1000 + count();
}
`,
  );
  for (const seed of [1, 2, 3]) t.equal(call(seed), 2100);
  t.match(said(), '(XEN) 4.17.7 fauxen\n');
});

t.test('single fields of a struct are copied; a copy of a wrong type is an error, as in Xen', { skip }, async (t) => {
  const source = (from: string) => `${head}
struct point { uint32_t x, y; uint64_t z; };
typedef struct point point_t;
DEFINE_XEN_GUEST_HANDLE(point_t);
long do_hello(XEN_GUEST_HANDLE_PARAM(point_t) arg)
{
    point_t p = { 0 };
    char other[sizeof(p)] = { 0 };

    if ( copy_field_from_guest(&p, arg, y) )
        return -EFAULT;
    p.z = p.y + 1ul;
    if ( other[0] )
        return 1;
    return copy_field_to_guest(arg, &p, z) || copy_to_guest(arg, ${from}, 0) ? -EFAULT : 0;
}
`;
  const { call, guest } = await loadC(t, 'point.c', source('&p'));
  guest.view.setUint32(0, 11, true);
  guest.view.setUint32(4, 22, true);
  t.equal(call(guest.base), 0);
  t.same([guest.view.getUint32(0, true), guest.view.getBigUint64(8, true)], [11, 23n]);
  t.equal(call(1), -errno.EFAULT);
  await t.rejects(loadC(t, 'point.c', source('&other')), {
    message: /point\.c:18: comparison of distinct pointer types/,
  });
});

t.test("a release build's silence is explained", { skip }, async (t) => {
  const { xen, call, said } = await loadC(
    t,
    'silent.c',
    `${head}
static int count;
long do_hello(int a)
{
    gdprintk(XENLOG_WARNING, "asked for %d\\n", count++);
    return count;
}
`,
  );
  let hidden: unknown;
  xen.hooks.notable.add(() => {
    hidden = xen.console.lastHidden;
  });
  t.equal(call(5), 0, 'its arguments are not evaluated');
  t.equal(said(), '');
  t.match(hidden, { text: 'asked for %d\n', releaseBuild: /^gdprintk at .*silent\.c:8$/ });
});
