/*
 * fuzz-maps CALLS SEED: random MMAP, MMAPBATCH, MMAPBATCH_V2 and MMAP_RESOURCE on real mappings of privcmd, which are constantly made,
 * replaced and removed: whole, in parts, read-only, without access, with this program's own memory between them. After each call it
 * checks that mapped pages show the right frame, that unmapped pages raise a signal, and that this program's own memory is unchanged.
 * In the second half threads race each other. At the end the domains are destroyed, and Xen must have as many free pages as before.
 */
#include "foreign.h"
#include <pthread.h>

enum { REGIONS = 4, PAGES = 12, FRAMES = 32, THREADS = 3 };
enum kind { NOTHING, OWN, DEVICE };

/* Pages of this program's own memory, with a region after each but the last. */
static char *arena;
static enum kind kind[REGIONS][PAGES];
static int rights[REGIONS][PAGES];
/* The last mapping of privcmd made in each region, in pages. */
static struct { int first, count; } last[REGIONS];
static uint32_t domains[2];
static xen_pfn_t frames[2][FRAMES];
/* The first word of each frame. */
static uint64_t value[2][FRAMES];
static char *read_only;
static unsigned long mapped;
static uint64_t seed;

/* A call's arguments. Each list ends at the end of its page, and the next page is unmapped. */
struct caller { uint64_t state; xen_pfn_t *list; int *errors; privcmd_mmap_entry_t *entries; };

static uint64_t next(struct caller *caller)
{
    uint64_t *state = &caller->state;
    *state ^= *state << 13;
    *state ^= *state >> 7;
    return *state ^= *state << 17;
}

#define PICK(caller, ...) ({ const uint64_t of_[] = { __VA_ARGS__ }; of_[next(caller) % (sizeof of_ / sizeof *of_)]; })

static char *page_of(int region, int page)
{
    return arena + (region * (PAGES + 1) + 1 + page) * PAGE;
}

static void fail(const char *what, int region, int page)
{
    printf("not ok: %s: region %d, page %d\n", what, region, page);
    exit(1);
}

static char *guarded_page(void)
{
    char *two = mmap(0, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    mprotect(two + PAGE, PAGE, PROT_NONE);
    return two;
}

static struct caller *new_caller(int number)
{
    struct caller *caller = calloc(1, sizeof *caller);
    caller->state = (seed + number) * 0x9e3779b97f4a7c15ull | 1;
    caller->list = (void *)guarded_page();
    caller->errors = (void *)guarded_page();
    caller->entries = (void *)guarded_page();
    return caller;
}

/* Puts something into a part of a region. */
static void lay(struct caller *caller, int region, int alone)
{
    int first = next(caller) % 3 ? 0 : next(caller) % PAGES, count = next(caller) % 3 ? PAGES - first : 1 + next(caller) % (PAGES - first);
    enum kind what = PICK(caller, DEVICE, DEVICE, DEVICE, DEVICE, OWN, NOTHING);
    int right = PICK(caller, PROT_READ | PROT_WRITE, PROT_READ | PROT_WRITE, PROT_READ | PROT_WRITE, PROT_READ, PROT_NONE);
    char *at = page_of(region, first);
    void *made = at;
    if (what == NOTHING) munmap(at, count * PAGE);
    if (what == DEVICE) made = mmap(at, count * PAGE, right, MAP_SHARED | MAP_FIXED, fd, 0);
    if (what == OWN) made = mmap(at, count * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    if (made != at) fail("mmap", region, first);
    if (what == DEVICE) last[region].first = first, last[region].count = count;
    for (int page = first; alone && page < first + count; page++) {
        kind[region][page] = what;
        rights[region][page] = right;
        if (what == OWN) memset(page_of(region, page), 0x80 | page, PAGE);
    }
}

static void check_own(int alone)
{
    static char expected[PAGE];
    memset(expected, 0x5a, PAGE);
    for (int region = 0; region <= REGIONS; region++)
        if (memcmp(page_of(region, -1), expected, PAGE)) fail("a page beside it changed", region, -1);
    if (memcmp(read_only, expected, PAGE)) fail("a read-only page changed", -1, -1);
    for (int page = 0; alone && page < PAGES; page++) {
        memset(expected, 0x80 | page, PAGE);
        for (int region = 0; region < REGIONS; region++)
            if (kind[region][page] == OWN && memcmp(page_of(region, page), expected, PAGE)) fail("an own page changed", region, page);
    }
}

static uint64_t any_address(struct caller *caller, int region)
{
    uint64_t random = next(caller);
    switch (random % 16) {
    case 0: return PICK(caller, 0, 1, 1ull << 47, 1ull << 63, ~0ull, ~0ull << 12);
    case 1: return (uintptr_t)arena + random / 16 % (REGIONS * (PAGES + 1) * PAGE);
    case 2: return (uintptr_t)page_of(region, -1);
    case 3: return (uintptr_t)&random & -PAGE;
    case 4: case 5: return (uintptr_t)page_of(region, random / 16 % PAGES);
    default: return (uintptr_t)page_of(region, last[region].first);
    }
}

static uint64_t any_count(struct caller *caller, int region)
{
    uint64_t random = next(caller);
    switch (random % 16) {
    case 0: return PICK(caller, 0, 1ull << 22, (1ull << 22) + 1, 1ull << 28, 1ull << 31, (1ull << 32) - 1, 1ull << 52, ~0ull);
    case 1: return random / 16 % (2 * PAGES);
    case 2: return 1 + random / 16 % 4;
    default: return last[region].count;
    }
}

static uint64_t any_frame(struct caller *caller, int which)
{
    uint64_t random = next(caller);
    if (random % 8 == 0) return PICK(caller, 0, 1, 0x7654321, 1ull << 31, 1ull << 40, 1ull << 52, ~0ull);
    return frames[which][random / 8 % FRAMES];
}

/* After a successful call: checks a page of a region, which should show frame `frame` of a domain (-1: none). */
static void see(struct caller *caller, int which, int region, int page, int frame)
{
    char *at = page_of(region, page);
    int readable = rights[region][page] & PROT_READ, writable = rights[region][page] & PROT_WRITE;
    int signal = touch(at, 0);
    if (frame < 0 && !signal) fail("a page that was not mapped can be read", region, page);
    if (frame < 0) return;
    mapped++;
    if (!readable && signal != SIGSEGV) fail("a page without rights can be read", region, page);
    if (!readable) return;
    if (signal) fail("a mapped page cannot be read", region, page);
    if (*(uint64_t *)at != value[which][frame]) fail("a page shows another frame", region, page);
    if (!writable && touch(at, 1) != SIGSEGV) fail("a read-only page can be written", region, page);
    if (writable) *(uint64_t *)at = value[which][frame] = next(caller);
}

static int frame_index(int which, uint64_t frame)
{
    for (int i = 0; i < FRAMES; i++) if (frames[which][i] == frame) return i;
    return -1;
}

/* One random call; its result is checked if no other thread runs. */
static void call(struct caller *caller, int alone)
{
    int region = next(caller) % REGIONS, which = next(caller) % 2;
    domid_t domain = next(caller) % 8 ? domains[which] : PICK(caller, DOMID_SELF, DOMID_XEN, DOMID_IO, DOMID_INVALID, 0, 999, 0xffff);
    uint64_t address = any_address(caller, region), count = any_count(caller, region);
    xen_pfn_t *list = next(caller) % 16 ? caller->list : (void *)(uintptr_t)PICK(caller, 0, (uintptr_t)read_only, (uintptr_t)caller->list + PAGE - 16, 1ull << 47);
    int *errors = next(caller) % 16 ? caller->errors : (void *)(uintptr_t)PICK(caller, 0, (uintptr_t)read_only, (uintptr_t)caller->errors + PAGE - 8, ~0ull);
    for (int i = 0; i < 2 * PAGES; i++) caller->list[i] = any_frame(caller, which), caller->errors[i] = 77;
    int first = ((char *)address - page_of(region, 0)) / (long)PAGE;
    int ours = alone && domain == domains[which] && list == caller->list && errors == caller->errors;
    switch (next(caller) % 6) {
    case 0: {
        privcmd_mmapbatch_t batch = { .num = count, .dom = domain, .addr = address, .arr = list };
        xen_pfn_t asked[2 * PAGES];
        memcpy(asked, caller->list, sizeof asked);
        if (ioctl(fd, IOCTL_PRIVCMD_MMAPBATCH, &batch) || !ours) return;
        for (int i = 0; i < batch.num; i++)
            see(caller, which, region, first + i, list[i] == asked[i] ? frame_index(which, asked[i]) : -1);
        return;
    }
    case 1: {
        int entries = 1 + next(caller) % 3, wanted = count;
        for (int i = 0; i < entries; i++) {
            uint64_t pages = next(caller) % 16 ? (i == entries - 1 ? wanted : next(caller) % 3) : next(caller);
            caller->entries[i] = (privcmd_mmap_entry_t){ address, any_frame(caller, which), pages };
            if (next(caller) % 32 == 0) caller->entries[i].va = any_address(caller, region);
            address += pages * PAGE;
            wanted -= pages;
        }
        privcmd_mmap_t map = { .num = next(caller) % 16 ? entries : (int)any_count(caller, region), .dom = domain, .entry = caller->entries };
        if (next(caller) % 32 == 0) map.entry = (void *)(uintptr_t)PICK(caller, 0, (uintptr_t)caller->entries + PAGE - 24, 1ull << 47);
        ioctl(fd, IOCTL_PRIVCMD_MMAP, &map);
        return;
    }
    case 2: {
        privcmd_mmap_resource_t resource = {
            .dom = domain, .type = PICK(caller, 0, 1, 1, 1, 2, 7), .id = PICK(caller, 0, 0, 0, 1, 2, 1u << 31),
            .idx = PICK(caller, 0, 0, 0, 1, 31, ~0u), .num = count, .addr = address,
        };
        ioctl(fd, IOCTL_PRIVCMD_MMAP_RESOURCE, &resource);
        return;
    }
    default: {
        privcmd_mmapbatch_v2_t batch = { .num = count, .dom = domain, .addr = address, .arr = list, .err = errors };
        if (ioctl(fd, IOCTL_PRIVCMD_MMAPBATCH_V2, &batch) || !ours) return;
        for (int i = 0; i < batch.num; i++) {
            int frame = frame_index(which, list[i]);
            if ((errors[i] == 0) != (frame >= 0)) fail("an error is told of a good frame, or none of a bad one", region, first + i);
            see(caller, which, region, first + i, frame);
        }
    }
    }
}

/* A child has none of the maps, and must not disturb its parent's. */
static void fork_once(struct caller *caller)
{
    pid_t child = fork();
    if (child == 0) {
        alarm(30);
        for (int region = 0; region < REGIONS; region++)
            for (int page = 0; page < PAGES; page++) touch(page_of(region, page), 0);
        for (int i = 0; i < 3; i++) call(caller, 0);
        check_own(0);
        _exit(0);
    }
    int status;
    if (child < 0 || waitpid(child, &status, 0) != child || status) fail("a child", status, 0);
    next(caller);
}

static unsigned long calls_each;

static void *racer(void *argument)
{
    struct caller *caller = argument;
    for (unsigned long i = 0; i < calls_each; i++) {
        if (next(caller) % 2) lay(caller, next(caller) % REGIONS, 0);
        call(caller, 0);
    }
    return NULL;
}

static uint64_t free_pages(void)
{
    xc_physinfo_t info = { 0 };
    if (xc_physinfo(xch, &info)) perror("xc_physinfo"), exit(1);
    return info.free_pages;
}

int main(int argc, char **argv)
{
    unsigned long calls = argc > 1 ? strtoul(argv[1], NULL, 0) : 100;
    seed = argc > 2 ? strtoull(argv[2], NULL, 0) : 1;
    begin();
    alarm(0); /* the test that runs this sets the limit */
    uint64_t before = free_pages();
    for (int which = 0; which < 2; which++) {
        domains[which] = new_domain(which, FRAMES, 0x100, frames[which]);
        char *all = map(domains[which], FRAMES, frames[which]);
        for (int i = 0; i < FRAMES; i++) *(uint64_t *)(all + i * PAGE) = value[which][i] = 0x1000 * which + i;
        munmap(all, FRAMES * PAGE);
    }
    arena = mmap(0, (REGIONS * (PAGES + 1) + 1) * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    read_only = mmap(0, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memset(read_only, 0x5a, PAGE);
    mprotect(read_only, PAGE, PROT_READ);
    for (int region = 0; region <= REGIONS; region++) memset(page_of(region, -1), 0x5a, PAGE);
    struct caller *caller = new_caller(0);
    for (int region = 0; region < REGIONS; region++) lay(caller, region, 1);
    for (unsigned long i = 0; i < calls / 2; i++) {
        if (next(caller) % 2) lay(caller, next(caller) % REGIONS, 1);
        call(caller, 1);
        check_own(1);
        if (i % 256 == 255) fork_once(caller);
    }
    printf("%s were mapped\n", mapped > calls / 8 ? "pages" : "too few pages");
    fflush(stdout);
    fprintf(stderr, "%lu pages seen\n", mapped);
    calls_each = calls / 2 / THREADS;
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++) pthread_create(&threads[i], NULL, racer, new_caller(1 + i));
    for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    check_own(0);
    munmap(arena, (REGIONS * (PAGES + 1) + 1) * PAGE);
    for (int which = 0; which < 2; which++) {
        xc_dominfo_t info;
        if (xc_domain_getinfo(xch, domains[which], 1, &info) != 1 || info.nr_pages != FRAMES) fail("pages of a domain", which, info.nr_pages);
        char *all = map(domains[which], FRAMES, frames[which]);
        memset(all, 0, FRAMES * PAGE);
        munmap(all, FRAMES * PAGE);
        if (xc_domain_destroy(xch, domains[which])) fail("xc_domain_destroy", which, errno);
    }
    printf("%ld pages are missing\n", (long)(before - free_pages()));
    printf("done\n");
    return 0;
}
