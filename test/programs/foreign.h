/* Shared by the programs about foreign memory: domains with memory, maps made by hand, and checks that print. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <xenctrl.h>
#include <xen/sys/privcmd.h>

#define PAGE 4096ul

static xc_interface *xch;
static int fd;

/* Prints a line for each check; the test looks for lines that begin with "not ok". */
#define IS(expression, expected) do { \
    long got_ = (long)(expression), want_ = (long)(expected); \
    if (got_ == want_) printf("ok %s\n", #expression); \
    else printf("not ok %d: %s is %ld, not %ld\n", __LINE__, #expression, got_, want_); \
    fflush(stdout); \
} while (0)

static int another(void)
{
    int one = open("/dev/xen/privcmd", O_RDWR | O_CLOEXEC);
    return one < 0 ? open("/proc/xen/privcmd", O_RDWR | O_CLOEXEC) : one;
}

static void begin(void)
{
    alarm(40);
    xch = xc_interface_open(0, 0, 0);
    fd = another();
    if (!xch || fd < 0) { perror("privcmd"); exit(1); }
}

/* A paused domain with `count` pages: `frames` gets their guest (PVH) or machine frames (PV). Guest frames count from `first`. */
static uint32_t new_domain(int pvh, unsigned long count, unsigned long first, xen_pfn_t *frames)
{
    uint32_t domid = 0;
    struct xen_domctl_createdomain config = {
        .flags = pvh ? XEN_DOMCTL_CDF_hvm | XEN_DOMCTL_CDF_hap : 0, .max_vcpus = 2, .max_evtchn_port = 1023,
        .max_grant_frames = 32, .max_maptrack_frames = 1024, .grant_opts = XEN_DOMCTL_GRANT_version(2),
        .arch.emulation_flags = pvh ? XEN_X86_EMU_LAPIC : 0,
    };
    if (xc_domain_create(xch, &domid, &config)) { perror("xc_domain_create"); exit(1); }
    if (xc_domain_setmaxmem(xch, domid, count * 4 + 1024)) { perror("xc_domain_setmaxmem"); exit(1); }
    for (unsigned long i = 0; i < count; i++) frames[i] = first + i;
    if (xc_domain_populate_physmap_exact(xch, domid, count, 0, 0, frames)) { perror("populate"); exit(1); }
    return domid;
}

static void *area(unsigned long pages, int protection)
{
    return mmap(0, pages * PAGE, protection, MAP_SHARED, fd, 0);
}

/* The ioctl's result, or -errno. */
static int batch(uint32_t domid, void *address, unsigned count, const xen_pfn_t *frames, int *errors)
{
    privcmd_mmapbatch_v2_t call = { .num = count, .dom = domid, .addr = (uintptr_t)address, .arr = frames, .err = errors };
    return ioctl(fd, IOCTL_PRIVCMD_MMAPBATCH_V2, &call) ? -errno : 0;
}

static char *map(uint32_t domid, unsigned count, const xen_pfn_t *frames)
{
    int errors[count];
    char *address = area(count, PROT_READ | PROT_WRITE);
    int result = batch(domid, address, count, frames, errors);
    if (result) printf("not ok: map of %u frames: %d\n", count, result);
    return address;
}

static sigjmp_buf faulted;
static void on_fault(int signal) { siglongjmp(faulted, signal); }

/* The signal raised by reading or writing the byte; 0: none. */
static int touch(volatile char *byte, int writing)
{
    struct sigaction action = { .sa_handler = on_fault }, bus, segv;
    sigaction(SIGBUS, &action, &bus);
    sigaction(SIGSEGV, &action, &segv);
    int signal = sigsetjmp(faulted, 1);
    if (!signal) {
        if (writing) *byte = *byte;
        else (void)*byte;
    }
    sigaction(SIGBUS, &bus, 0);
    sigaction(SIGSEGV, &segv, 0);
    return signal;
}

static double milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}
