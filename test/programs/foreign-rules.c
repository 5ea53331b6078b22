/* foreign-rules: which maps of a domain's frames privcmd makes, which it refuses, and with which errno. */
#include "foreign.h"

static xen_pfn_t frames[64];
static int errors[64];

static void whole_or_hole(uint32_t domid)
{
    char *at = area(4, PROT_READ | PROT_WRITE);
    IS(batch(domid, at, 3, frames, errors), -EINVAL);
    IS(batch(domid, at + PAGE, 3, frames, errors), -EINVAL);
    IS(batch(domid, at, 5, frames, errors), -EINVAL);
    xen_pfn_t list[4] = { frames[0], 0x7654321, frames[2], 0x7654322 };
    IS(batch(domid, at, 4, list, errors), 0);
    IS(errors[0], 0);
    IS(errors[1], -EINVAL);
    IS(errors[2], 0);
    IS(errors[3], -EINVAL);
    IS(touch(at, 1), 0);
    IS(touch(at + PAGE, 0), SIGBUS);
    IS(touch(at + 2 * PAGE, 1), 0);
    IS(touch(at + 3 * PAGE, 0), SIGBUS);
    IS(batch(domid, at, 4, list, errors), -EINVAL);
    IS(batch(domid, at, 1, list, errors), -EINVAL);
    IS(batch(domid, at + PAGE, 2, frames, errors), -EINVAL);
    IS(batch(domid, at + PAGE, 1, frames + 1, errors), 0);
    IS(touch(at + PAGE, 1), 0);
    IS(batch(domid, at + PAGE, 1, frames + 1, errors), -EINVAL);
    IS(batch(domid, at + 3 * PAGE, 1, frames + 3, errors), 0);
    char *again = map(domid, 4, frames);
    for (int i = 0; i < 4; i++) sprintf(again + i * PAGE, "frame %d", i);
    IS(memcmp(at, again, 4 * PAGE), 0);
    munmap(at, 4 * PAGE);
    munmap(again, 4 * PAGE);
    char *larger = area(8, PROT_READ);
    xen_pfn_t none[8] = { 0x700000, 0x700001, 0x700002, 0x700003, 0x700004, 0x700005, 0x700006, 0x700007 };
    IS(batch(domid, larger, 8, none, errors), 0);
    IS(errors[7], -EINVAL);
    IS(batch(domid, larger + 2 * PAGE, 2, frames, errors), 0);
    IS(memcmp(larger + 3 * PAGE, "frame 1", 8), 0);
    IS(touch(larger + PAGE, 0), SIGBUS);
    munmap(larger, 8 * PAGE);
}

static void arguments(uint32_t domid)
{
    char *at = area(1, PROT_READ | PROT_WRITE);
    char *anonymous = mmap(0, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    IS(batch(domid, at, 0, frames, errors), -EINVAL);
    IS(batch(domid, at, 1, (void *)16, errors), -EFAULT);
    IS(batch(domid, at, 1, frames, (void *)16), -EFAULT);
    IS(batch(domid, anonymous, 1, frames, errors), -EINVAL);
    IS(batch(domid, (void *)0x1000, 1, frames, errors), -EINVAL);
    errors[0] = 77;
    IS(batch(999, at, 1, frames, errors), 0);
    IS(errors[0], -ESRCH);
    IS(batch(DOMID_IO, at, 1, frames, errors), 0);
    IS(errors[0], -EPERM);
    IS(ioctl(fd, IOCTL_PRIVCMD_MMAPBATCH_V2, 0) ? -errno : 0, -EFAULT);
    IS(batch(domid, at, 1, frames, errors), 0);
    IS(touch(at, 1), 0);
    munmap(at, PAGE);
    int restricted = another(), before = fd;
    domid_t other = domid + 1;
    IS(ioctl(restricted, IOCTL_PRIVCMD_RESTRICT, &other), 0);
    fd = restricted;
    at = area(1, PROT_READ);
    IS(batch(domid, at, 1, frames, errors), -EPERM);
    fd = before;
    close(restricted);
}

static void version1(uint32_t domid)
{
    xen_pfn_t list[3] = { frames[0], 0x7654321, frames[1] };
    char *at = area(3, PROT_READ | PROT_WRITE);
    privcmd_mmapbatch_t call = { .num = 3, .dom = domid, .addr = (uintptr_t)at, .arr = list };
    IS(ioctl(fd, IOCTL_PRIVCMD_MMAPBATCH, &call), 0);
    IS(list[0], frames[0]);
    IS(list[1], 0x7654321 | 0xf0000000);
    IS(touch(at + 2 * PAGE, 1), 0);
    munmap(at, 3 * PAGE);
}

static void plain_mmap(uint32_t domid)
{
    char *at = area(4, PROT_READ | PROT_WRITE);
    uintptr_t va = (uintptr_t)at;
    privcmd_mmap_entry_t entries[2] = { { va, frames[2], 2 }, { va + 2 * PAGE, frames[0], 1 } };
    privcmd_mmap_t call = { .num = 2, .dom = domid, .entry = entries };
    entries[1].va += PAGE;
    char *seen = map(domid, 4, frames);
    memset(seen, 'a', PAGE);
    memset(seen + 2 * PAGE, 'c', PAGE);
    IS(ioctl(fd, IOCTL_PRIVCMD_MMAP, &call) ? -errno : 0, -EINVAL);
    munmap(at, 4 * PAGE);
    at = area(4, PROT_READ | PROT_WRITE);
    entries[0].va = (uintptr_t)at;
    entries[1].va = (uintptr_t)at + 2 * PAGE;
    IS(ioctl(fd, IOCTL_PRIVCMD_MMAP, &call) ? -errno : 0, 0);
    IS(at[0], 'c');
    IS(at[2 * PAGE], 'a');
    IS(touch(at + 3 * PAGE, 0), SIGBUS);
    IS(ioctl(fd, IOCTL_PRIVCMD_MMAP, &call) ? -errno : 0, -EINVAL);
    munmap(at, 4 * PAGE);
    munmap(seen, 4 * PAGE);
}

/* A mapping of a terabyte: its empty rest is kept as one hole, not as a list of pages. */
static void terabyte(uint32_t domid)
{
    const unsigned long pages = 1ul << 28;
    char *at = area(pages, PROT_READ | PROT_WRITE);
    IS(at == MAP_FAILED, 0);
    privcmd_mmap_entry_t entry = { (uintptr_t)at, frames[1], 1 }, all = { (uintptr_t)at, frames[0], pages };
    privcmd_mmap_t call = { .num = 1, .dom = domid, .entry = &entry };
    IS(ioctl(fd, IOCTL_PRIVCMD_MMAP, &call) ? -errno : 0, 0);
    IS(touch(at, 1), 0);
    IS(touch(at + PAGE, 0), SIGBUS);
    IS(touch(at + (pages - 1) * PAGE, 0), SIGBUS);
    IS(batch(domid, at + (pages - 2) * PAGE, 2, frames, errors), 0);
    IS(touch(at + (pages - 1) * PAGE, 1), 0);
    IS(memcmp(at, at + (pages - 1) * PAGE, PAGE), 0);
    munmap(at, pages * PAGE);
    at = area(pages, PROT_READ);
    all.va = (uintptr_t)at;
    call.entry = &all;
    IS(ioctl(fd, IOCTL_PRIVCMD_MMAP, &call) ? -errno : 0, -EINVAL); /* the domain has no terabyte */
    munmap(at, pages * PAGE);
}

static void protection(uint32_t domid)
{
    char *at = area(2, PROT_READ);
    IS(batch(domid, at, 2, frames, errors), 0);
    IS(touch(at, 0), 0);
    IS(touch(at, 1), SIGSEGV);
    munmap(at, 2 * PAGE);
    at = map(domid, 2, frames);
    strcpy(at, "before the fork");
    pid_t child = fork();
    if (child == 0) _exit(touch(at, 0));
    int status;
    waitpid(child, &status, 0);
    IS(WEXITSTATUS(status), SIGSEGV);
    IS(strcmp(at, "before the fork"), 0);
    munmap(at, 2 * PAGE);
}

static void scattered(uint32_t domid)
{
    xen_pfn_t list[64];
    for (int i = 0; i < 64; i++) list[i] = frames[(i * 29) % 64];
    char *in_order = map(domid, 64, frames), *mixed = map(domid, 64, list);
    for (int i = 0; i < 64; i++) sprintf(in_order + i * PAGE + i, "page %d", i);
    int wrong = 0;
    for (int i = 0; i < 64; i++) wrong += memcmp(mixed + i * PAGE, in_order + (i * 29) % 64 * PAGE, PAGE) != 0;
    IS(wrong, 0);
    xen_pfn_t same[3] = { frames[5], frames[5], frames[5] };
    char *thrice = map(domid, 3, same);
    strcpy(thrice + PAGE, "in all three");
    IS(strcmp(thrice, "in all three") || strcmp(thrice + 2 * PAGE, "in all three"), 0);
    munmap(thrice, 3 * PAGE);
    munmap(mixed, 64 * PAGE);
    munmap(in_order, 64 * PAGE);
}

/* More separate runs of frames than one call list holds. No descriptor stays open, and another program has none of the maps. */
static void thousands(void)
{
    static xen_pfn_t many[2500], backwards[2500];
    int free_descriptor = dup(0);
    close(free_descriptor);
    uint32_t domid = new_domain(1, 2500, 0x1000, many);
    for (int i = 0; i < 2500; i++) backwards[i] = many[2499 - i];
    char *forth = map(domid, 2500, many), *back = map(domid, 2500, backwards);
    for (int i = 0; i < 2500; i++) sprintf(forth + i * PAGE, "frame %d", i);
    int wrong = 0;
    for (int i = 0; i < 2500; i++) wrong += memcmp(forth + i * PAGE, back + (2499 - i) * PAGE, 16) != 0;
    IS(wrong, 0);
    IS(dup(0), free_descriptor);
    close(free_descriptor);
    IS(system("grep -c fauxen-domain /proc/self/maps"), 256);
    munmap(back, 2500 * PAGE);
    munmap(forth, 2500 * PAGE);
    IS(xc_domain_destroy(xch, domid), 0);
}

/* Linux limits a process's mappings. A map that reaches the limit halfway fails, and its whole range stays in use. */
static void too_many(uint32_t domid)
{
    FILE *file = fopen("/proc/sys/vm/max_map_count", "r");
    unsigned long limit = 0;
    if (!file || fscanf(file, "%lu", &limit) != 1) limit = 65530;
    if (file) fclose(file);
    if (limit > 300000) return;
    xen_pfn_t backwards[64];
    for (int i = 0; i < 64; i++) backwards[i] = frames[63 - i];
    char *at = area(64, PROT_READ | PROT_WRITE);
    char *fill = mmap(0, limit * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    unsigned long used = 0;
    while (used < limit && mprotect(fill + used * PAGE, PAGE, PROT_READ) == 0) used += 2;
    munmap(fill, 30 * PAGE); /* room for thirty or so, not for sixty-four */
    IS(batch(domid, at, 64, backwards, errors), -ENOMEM);
    char *other = mmap(at + 63 * PAGE, PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
    IS(other == MAP_FAILED ? errno : 0, EEXIST);
    munmap(fill + 30 * PAGE, (limit - 30) * PAGE);
    munmap(at, 64 * PAGE);
    char *now = map(domid, 64, backwards), *first = map(domid, 1, frames);
    strcpy(first, "the last one");
    IS(strcmp(now + 63 * PAGE, "the last one"), 0);
    munmap(first, PAGE);
    munmap(now, 64 * PAGE);
}

int main(void)
{
    begin();
    for (int pvh = 0; pvh < 2; pvh++) {
        uint32_t domid = new_domain(pvh, 64, 0x100, frames);
        whole_or_hole(domid);
        arguments(domid);
        version1(domid);
        plain_mmap(domid);
        terabyte(domid);
        protection(domid);
        scattered(domid);
        if (pvh) too_many(domid);
        char *kept = map(domid, 1, frames);
        strcpy(kept, "still here");
        IS(xc_domain_destroy(xch, domid), 0);
        IS(strcmp(kept, "still here"), 0);
        char *at = area(1, PROT_READ);
        IS(batch(domid, at, 1, frames, errors), 0);
        IS(errors[0], -ESRCH);
    }
    thousands();
    puts("done");
    return 0;
}
