/*
 * killed-daemon DIRECTORY (of the mount; PRIVCMD is its privcmd): a thread repeatedly maps xsd_kva of the mount, writes to it and unmaps
 * it. Another makes hypercalls, for which Fauxen accesses the memory that Linux keeps locked meanwhile. Prints "running"; ends when the
 * daemon has ended.
 */
#include <pthread.h>
#include <sys/mman.h>
#include "hypercall.h"

static char path[4096];

static void *dirty(void *unused)
{
    int file = open(path, O_RDWR);
    for (;;) {
        volatile char *page = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        if (page == MAP_FAILED) break;
        page[4095]++;
        munmap((void *)page, 4096);
    }
    return unused;
}

static void *call(void *unused)
{
    int fd = open_privcmd(O_RDWR);
    while (fd >= 0 && hypercall(fd, __HYPERVISOR_xen_version, 0, 0, 0) > 0) {}
    return unused;
}

int main(int argc, char **argv)
{
    pthread_t thread[2];
    snprintf(path, sizeof path, "%s/xsd_kva", argv[1]);
    pthread_create(&thread[0], 0, dirty, 0);
    pthread_create(&thread[1], 0, call, 0);
    say("running", 0);
    fflush(stdout);
    pthread_join(thread[1], 0);
    say("ended", 0);
    return 0;
}
