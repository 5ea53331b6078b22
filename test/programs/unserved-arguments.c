/*
 * unserved-arguments MILLISECONDS: puts each argument of each ioctl in turn into a page whose fault is served only after that time
 * (userfaultfd), while another process makes hypercalls. Names the calls that do not return once the page is served. Then prints how
 * many returned, how many answers to the other process were neither right nor EIO, and whether it waited over two seconds for one.
 */
#define _GNU_SOURCE
#include "hypercall.h"
#include <linux/userfaultfd.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <xen/sys/evtchn.h>
#include <xen/sys/gntalloc.h>
#include <xen/sys/gntdev.h>

#define PAGE 4096
#define EXTRAVERSION 1
#define LONG_S 2.0
#define JOIN_S 20

static char *page, *mapped; /* the unserved page; a mapping of privcmd */
static union {
    privcmd_hypercall_t call;
    privcmd_mmap_t mmap;
    privcmd_mmapbatch_t batch;
    privcmd_mmapbatch_v2_t batch2;
    privcmd_dm_op_t dm;
    privcmd_mmap_resource_t resource;
    struct ioctl_gntdev_grant_copy copy;
} a;
static privcmd_dm_op_buf_t buffer;
static struct ioctl_gntdev_grant_copy_segment segment;
static xen_pfn_t frames[1] = { 1 };

/* The argument: the page itself, or what the case has filled in above. */
struct attempt { const char *name, *device; unsigned long command; int nested; };

#define DIRECT(device, command) { #command, device, command, 0 }
#define NESTED(device, command, number) { #command " " #number, device, command, number }

static const struct attempt attempts[] = {
    DIRECT("privcmd", IOCTL_PRIVCMD_HYPERCALL), NESTED("privcmd", IOCTL_PRIVCMD_HYPERCALL, 1),
    DIRECT("privcmd", IOCTL_PRIVCMD_MMAP), NESTED("privcmd", IOCTL_PRIVCMD_MMAP, 2),
    DIRECT("privcmd", IOCTL_PRIVCMD_MMAPBATCH), NESTED("privcmd", IOCTL_PRIVCMD_MMAPBATCH, 3),
    DIRECT("privcmd", IOCTL_PRIVCMD_MMAPBATCH_V2), NESTED("privcmd", IOCTL_PRIVCMD_MMAPBATCH_V2, 4),
    NESTED("privcmd", IOCTL_PRIVCMD_MMAPBATCH_V2, 5), DIRECT("privcmd", IOCTL_PRIVCMD_DM_OP),
    NESTED("privcmd", IOCTL_PRIVCMD_DM_OP, 6), NESTED("privcmd", IOCTL_PRIVCMD_DM_OP, 7),
    DIRECT("privcmd", IOCTL_PRIVCMD_RESTRICT), DIRECT("privcmd", IOCTL_PRIVCMD_MMAP_RESOURCE),
    DIRECT("evtchn", IOCTL_EVTCHN_BIND_VIRQ), DIRECT("evtchn", IOCTL_EVTCHN_BIND_INTERDOMAIN),
    DIRECT("evtchn", IOCTL_EVTCHN_BIND_UNBOUND_PORT), DIRECT("evtchn", IOCTL_EVTCHN_UNBIND),
    DIRECT("evtchn", IOCTL_EVTCHN_NOTIFY), DIRECT("evtchn", IOCTL_EVTCHN_RESTRICT_DOMID),
    DIRECT("gntdev", IOCTL_GNTDEV_MAP_GRANT_REF), DIRECT("gntdev", IOCTL_GNTDEV_UNMAP_GRANT_REF),
    DIRECT("gntdev", IOCTL_GNTDEV_GET_OFFSET_FOR_VADDR), DIRECT("gntdev", IOCTL_GNTDEV_SET_UNMAP_NOTIFY),
    DIRECT("gntdev", IOCTL_GNTDEV_GRANT_COPY), NESTED("gntdev", IOCTL_GNTDEV_GRANT_COPY, 8),
    NESTED("gntdev", IOCTL_GNTDEV_GRANT_COPY, 9), DIRECT("gntalloc", IOCTL_GNTALLOC_ALLOC_GREF),
    DIRECT("gntalloc", IOCTL_GNTALLOC_DEALLOC_GREF), DIRECT("gntalloc", IOCTL_GNTALLOC_SET_UNMAP_NOTIFY),
};

static void *argument(int nested)
{
    memset(&a, 0, sizeof a);
    switch (nested) {
    case 1: a.call = (privcmd_hypercall_t){ __HYPERVISOR_xen_version, { EXTRAVERSION, (uintptr_t)page } }; break;
    case 2: a.mmap = (privcmd_mmap_t){ 1, 0, (void *)page }; break;
    case 3: a.batch = (privcmd_mmapbatch_t){ 1, 0, (uintptr_t)mapped, (void *)page }; break;
    case 4: a.batch2 = (privcmd_mmapbatch_v2_t){ 1, 0, (uintptr_t)mapped, (void *)page, (int *)mapped }; break;
    case 5: a.batch2 = (privcmd_mmapbatch_v2_t){ 1, 0, (uintptr_t)mapped, frames, (int *)page }; break;
    case 6: a.dm = (privcmd_dm_op_t){ 0, 1, (void *)page }; break;
    case 7:
        buffer = (privcmd_dm_op_buf_t){ page, 8 };
        a.dm = (privcmd_dm_op_t){ 0, 1, &buffer };
        break;
    case 8: a.copy = (struct ioctl_gntdev_grant_copy){ 1, (void *)page }; break;
    case 9:
        segment = (struct ioctl_gntdev_grant_copy_segment){ .source.virt = page, .dest.foreign = { 8, 0, 0 }, .len = 8, .flags = 2 };
        a.copy = (struct ioctl_gntdev_grant_copy){ 1, &segment };
        break;
    default: return page;
    }
    return &a;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static int device(const char *name)
{
    char path[64];
    if (!strcmp(name, "privcmd")) return open_privcmd(O_RDWR);
    snprintf(path, sizeof path, "/dev/xen/%s", name);
    return open(path, O_RDWR);
}

static void *attempt(void *which)
{
    const struct attempt *one = which;
    int fd = device(one->device);
    if (fd < 0) perror(one->device);
    ioctl(fd, one->command, argument(one->nested));
    close(fd);
    return NULL;
}

/* Until its parent closes the pipe. */
static void others(int until)
{
    int fd = open_privcmd(O_RDWR), strange = 0;
    double worst = 0;
    char end;
    fcntl(until, F_SETFL, O_NONBLOCK);
    while (read(until, &end, 1) < 0) {
        double start = now();
        int got = hypercall(fd, __HYPERVISOR_xen_version, 0, 0, 0);
        if (got != (4 << 16 | 17) && (got >= 0 || errno != EIO)) strange++;
        if (now() - start > worst) worst = now() - start;
        usleep(2000);
    }
    printf("others: %d strange answers, %s\n", strange, worst > LONG_S ? "waited long" : "none waited long");
    fprintf(stderr, "the longest wait: %.2f s\n", worst);
    fflush(stdout);
    _exit(0);
}

int main(int argc, char **argv)
{
    int hold = atoi(argv[1]), until[2], returned = 0, count = sizeof attempts / sizeof *attempts;
    if (pipe2(until, O_CLOEXEC) < 0) return 1;
    pid_t child = fork();
    if (child == 0) close(until[1]), others(until[0]);
    int faults = syscall(SYS_userfaultfd, O_CLOEXEC);
    struct uffdio_api api = { .api = UFFD_API };
    page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    struct uffdio_register range = { { (uintptr_t)page, PAGE }, UFFDIO_REGISTER_MODE_MISSING, 0 };
    if (faults < 0 || ioctl(faults, UFFDIO_API, &api) || ioctl(faults, UFFDIO_REGISTER, &range)) return perror("userfaultfd"), 77;
    mapped = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, open_privcmd(O_RDWR), 0);
    for (int i = 0; i < count; i++) {
        pthread_t thread;
        madvise(page, PAGE, MADV_DONTNEED);
        pthread_create(&thread, NULL, attempt, (void *)&attempts[i]);
        usleep(hold * 1000);
        struct uffdio_zeropage zero = { .range = range.range };
        ioctl(faults, UFFDIO_ZEROPAGE, &zero);
        struct timespec limit;
        clock_gettime(CLOCK_REALTIME, &limit);
        limit.tv_sec += JOIN_S;
        if (pthread_timedjoin_np(thread, NULL, &limit)) return printf("%s does not return\n", attempts[i].name), 1;
        returned++;
    }
    printf("%d of %d returned\n", returned, count);
    fflush(stdout);
    close(until[1]);
    waitpid(child, NULL, 0);
    usleep(100000);
    say("afterwards", hypercall(open_privcmd(O_RDWR), __HYPERVISOR_xen_version, 0, 0, 0));
    return 0;
}
