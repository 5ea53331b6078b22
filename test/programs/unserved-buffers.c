/*
 * unserved-buffers SECONDS: calls other than ioctl on Xen's files, whose buffer, path or result is in a page whose fault nobody serves for
 * so long (userfaultfd): each in a thread of its own, all at once. Meanwhile another process makes hypercalls. Prints how many of the
 * others' answers were wrong or EIO, and how many calls had returned before the pages were there, and afterwards.
 */
#define _GNU_SOURCE
#include "hypercall.h"
#include <linux/userfaultfd.h>
#include <poll.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <time.h>

#define PAGE 4096
#define CASES 14

static char *pages;
static int evtchn, xenbus, other_xenbus, dmesg, capabilities, directory;
static volatile int returned;

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static void *attempt(void *which)
{
    long number = (long)which;
    char *page = pages + PAGE * number;
    struct stat *found = (void *)page;
    long result = 0;
    switch (number) {
    case 0: result = write(xenbus, page, 16); break;
    case 1: result = read(other_xenbus, page, 16); break;
    case 2: result = read(evtchn, page, 4); break;
    case 3: result = write(evtchn, page, 4); break;
    case 4: result = read(dmesg, page, 64); break;
    case 5: result = pread(capabilities, page, 64, 0); break;
    case 6: result = syscall(SYS_getdents64, directory, page, PAGE); break;
    case 7: result = stat("/proc/xen/capabilities", found); break;
    case 8: result = open(page, O_RDONLY); break;
    case 9: result = openat(directory, page, O_RDONLY); break;
    case 10: result = poll((struct pollfd *)page, 4, 0); break;
    case 11: result = readlink("/dev/xen/hypercall", page, 64); break;
    case 12: result = getxattr("/proc/xen/privcmd", page, NULL, 0); break;
    case 13: result = stat(page, found); break;
    }
    (void)result;
    __sync_fetch_and_add(&returned, 1);
    return NULL;
}

static void others(double end)
{
    int fd = open_privcmd(O_RDWR), calls = 0, refused = 0, strange = 0;
    for (; now() < end; calls++) {
        int result = hypercall(fd, __HYPERVISOR_xen_version, 0, 0, 0);
        if (result < 0 && errno == EIO) refused++;
        else if (result != (4 << 16 | 17)) strange++;
        int plain = open("/proc/xen/capabilities", O_RDONLY);
        char text[16];
        if (read(plain, text, sizeof text) != 10) strange++;
        close(plain);
        usleep(2000);
    }
    printf("others: %s, %d refused, %d strange\n", calls ? "some calls" : "no calls", refused, strange);
    fflush(stdout);
    _exit(0);
}

int main(int argc, char **argv)
{
    double hold = argc > 1 ? atof(argv[1]) : 1;
    int faults = syscall(SYS_userfaultfd, O_CLOEXEC);
    struct uffdio_api api = { .api = UFFD_API };
    pages = mmap(NULL, PAGE * CASES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    struct uffdio_register range = { { (uintptr_t)pages, PAGE * CASES }, UFFDIO_REGISTER_MODE_MISSING, 0 };
    if (faults < 0 || ioctl(faults, UFFDIO_API, &api) || ioctl(faults, UFFDIO_REGISTER, &range)) return perror("userfaultfd"), 77;
    evtchn = open("/dev/xen/evtchn", O_RDWR | O_NONBLOCK);
    xenbus = open("/dev/xen/xenbus", O_RDWR);
    other_xenbus = open("/dev/xen/xenbus", O_RDWR | O_NONBLOCK);
    dmesg = open("/proc/xen/dmesg", O_RDONLY);
    capabilities = open("/proc/xen/capabilities", O_RDONLY);
    directory = open("/proc/xen", O_RDONLY | O_DIRECTORY);
    pid_t child = fork();
    if (child == 0) others(now() + hold);
    pthread_t threads[CASES];
    for (long i = 0; i < CASES; i++) pthread_create(&threads[i], NULL, attempt, (void *)i);
    waitpid(child, NULL, 0);
    printf("returned before: %d\n", returned);
    fflush(stdout);
    struct uffdio_zeropage zero = { .range = range.range };
    ioctl(faults, UFFDIO_ZEROPAGE, &zero);
    for (int i = 0; i < CASES; i++) pthread_join(threads[i], NULL);
    printf("returned in the end: %d of %d\n", returned, CASES);
    int fd = open_privcmd(O_RDWR);
    say("afterwards", hypercall(fd, __HYPERVISOR_xen_version, 0, 0, 0));
    return 0;
}
