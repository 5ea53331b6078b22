/*
 * write-back ROUNDS: a thread maps xsd_kva, writes to it and unmaps it, over and over: to unmap it, Linux keeps the memory of the process
 * locked until Fauxen has taken what was written. Another has frames of a domain mapped meanwhile, for which Fauxen looks at that memory.
 * Says how many maps there were, then that hypercalls are still answered.
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
