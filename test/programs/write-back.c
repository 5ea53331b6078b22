/*
 * write-back ROUNDS: a thread repeatedly maps xsd_kva, writes to it and unmaps it. While unmapping, Linux keeps the process's memory
 * locked until Fauxen has received what was written. Meanwhile another thread maps frames of a domain, for which Fauxen accesses that
 * memory. Prints how many maps there were, then whether hypercalls are still answered.
 */
#include <pthread.h>
#include <stdatomic.h>
#include "foreign.h"

static atomic_int done;

static void *dirty(void *unused)
{
    int file = open("/proc/xen/xsd_kva", O_RDWR);
    if (file < 0) perror("xsd_kva");
    while (!done) {
        volatile char *page = mmap(0, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        if (page == MAP_FAILED) { perror("mmap"); break; }
        page[PAGE - 1]++;
        munmap((void *)page, PAGE);
    }
    return unused;
}

int main(int argc, char **argv)
{
    static xen_pfn_t frames[16];
    pthread_t thread;
    int rounds = argc > 1 ? atoi(argv[1]) : 1;
    begin();
    uint32_t domid = new_domain(1, 16, 0x100, frames);
    pthread_create(&thread, 0, dirty, 0);
    for (int round = 0; round < rounds; round++) munmap(map(domid, 16, frames), 16 * PAGE);
    done = 1;
    pthread_join(thread, 0);
    printf("%d maps\n", rounds);
    IS(xc_domain_destroy(xch, domid), 0);
    return 0;
}
