/* foreign-singles COUNT: maps one frame at a time, as libxc does for a dump, alternately an existing and a missing one. */
#include "foreign.h"

int main(int argc, char **argv)
{
    static xen_pfn_t frames[16];
    int count = argc > 1 ? atoi(argv[1]) : 1000, failed = 0, wrong = 0;
    begin();
    uint32_t domid = new_domain(1, 16, 0x10, frames);
    char *all = map(domid, 16, frames);
    for (int i = 0; i < 16; i++) all[i * PAGE] = 'a' + i;
    for (int i = 0; i < count; i++) {
        xen_pfn_t hole = 0x1000 + i, *frame = i % 2 ? &hole : &frames[i / 2 % 16];
        int error = 99;
        char *page = area(1, PROT_READ);
        int result = batch(domid, page, 1, frame, &error);
        if (result) printf("not ok: map %d is %d\n", i, result), failed++;
        else if (i % 2) wrong += error != -EINVAL;
        else wrong += error || *page != 'a' + i / 2 % 16;
        munmap(page, PAGE);
    }
    IS(failed, 0);
    IS(wrong, 0);
    /* The mapping at an address is looked up each time, even if privcmd was mapped there a moment ago. */
    char *page = area(1, PROT_READ);
    xen_pfn_t hole = 0x1000;
    int error = 99;
    IS(batch(domid, page, 1, &hole, &error), 0);
    IS(error, -EINVAL);
    IS(mmap(page, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == page, 1);
    IS(batch(domid, page, 1, &hole, &error), -EINVAL);
    IS(batch(domid, page, 1, frames, &error), -EINVAL);
    xc_domain_destroy(xch, domid);
    puts("done");
    return 0;
}
