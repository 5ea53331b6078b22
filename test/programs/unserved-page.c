/*
 * unserved-page SECONDS [NUMBER]: a hypercall writes to a page whose fault is served only after that time (userfaultfd): xen_version, or
 * hypercall NUMBER with the page's address. Meanwhile another process makes hypercalls and opens another file. Prints the results of
 * both, and of a call afterwards.
 */
#define _GNU_SOURCE
#include "hypercall.h"
#include <linux/userfaultfd.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>

#define PAGE 4096
#define EXTRAVERSION 1

static int fd, number;
static char *page;

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static void *stuck(void *nothing)
{
    int result = number ? hypercall(fd, number, (uintptr_t)page, 0, 0) : hypercall(fd, __HYPERVISOR_xen_version, EXTRAVERSION, (uintptr_t)page, 0);
    say("the call that was stuck", result);
    return nothing;
}

/* `own` was opened before: on a busy machine this process may start late. */
static void others(int own, double end)
{
    int refused = 0, strange = 0;
    double worst = 0;
    while (now() < end) {
        double start = now();
        int got = hypercall(own, __HYPERVISOR_xen_version, 0, 0, 0);
        int error = errno;
        if (now() - start > worst) worst = now() - start;
        if (got < 0 && error == EIO) refused++;
        else if (got != (4 << 16 | 17)) strange++;
        int plain = open("/dev/null", O_RDONLY);
        if (plain < 0 || ioctl(plain, 0x4501, 0) != -1 || errno != ENOTTY) strange++; /* no call of Xen's: the ioctl is evdev's */
        close(plain);
        usleep(2000);
    }
    printf("others: %s, %d strange answers, the longest wait %.1f s\n", refused ? "some got EIO" : "all were served", strange, worst);
    fflush(stdout);
    _exit(0);
}

int main(int argc, char **argv)
{
    int hold = atoi(argv[1]);
    number = argc > 2 ? atoi(argv[2]) : 0;
    int faults = syscall(SYS_userfaultfd, O_CLOEXEC);
    struct uffdio_api api = { .api = UFFD_API };
    page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    struct uffdio_register range = { { (uintptr_t)page, PAGE }, UFFDIO_REGISTER_MODE_MISSING, 0 };
    if (faults < 0 || ioctl(faults, UFFDIO_API, &api) || ioctl(faults, UFFDIO_REGISTER, &range)) return perror("userfaultfd"), 77;
    fd = open_privcmd(O_RDWR);
    for (int i = 0; i < 10; i++) hypercall(fd, __HYPERVISOR_xen_version, 0, 0, 0);
    int own = open_privcmd(O_RDWR);
    pid_t child = fork();
    if (child == 0) others(own, now() + hold);
    usleep(200000);
    pthread_t thread;
    pthread_create(&thread, NULL, stuck, NULL);
    sleep(hold);
    struct uffdio_zeropage zero = { .range = range.range };
    ioctl(faults, UFFDIO_ZEROPAGE, &zero);
    pthread_join(thread, NULL);
    waitpid(child, NULL, 0);
    usleep(100000);
    say("afterwards", hypercall(fd, __HYPERVISOR_xen_version, 0, 0, 0));
    return 0;
}
