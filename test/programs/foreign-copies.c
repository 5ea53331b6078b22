/* foreign-copies: maps frames repeatedly; what is written through one map is read through the next. Also works under strace. */
#include "foreign.h"

int main(void)
{
    static xen_pfn_t frames[4];
    begin();
    uint32_t domid = new_domain(1, 4, 0x100, frames);
    char *at = map(domid, 4, frames);
    for (int i = 0; i < 4; i++) sprintf(at + i * PAGE, "page %d", i);
    munmap(at, 4 * PAGE);
    at = map(domid, 1, frames + 2);
    IS(strcmp(at, "page 2"), 0);
    munmap(at, PAGE);
    xen_pfn_t two[2] = { frames[3], frames[0] };
    at = map(domid, 2, two);
    IS(strcmp(at, "page 3"), 0);
    IS(strcmp(at + PAGE, "page 0"), 0);
    strcpy(at, "written last");
    munmap(at, 2 * PAGE);
    at = map(domid, 4, frames);
    IS(strcmp(at + 3 * PAGE, "written last"), 0);
    munmap(at, 4 * PAGE);
    at = area(2, PROT_READ);
    xen_pfn_t absent[2] = { 0x9999, frames[1] };
    int errors[2];
    IS(batch(domid, at, 2, absent, errors), 0);
    IS(errors[0], -EINVAL);
    IS(errors[1], 0);
    IS(touch(at, 0), SIGBUS);
    IS(strcmp(at + PAGE, "page 1"), 0);
    IS(batch(domid, at, 1, frames, errors), 0);
    IS(strcmp(at, "page 0"), 0);
    munmap(at, 2 * PAGE);
    xc_domain_destroy(xch, domid);
    puts("done");
    return 0;
}
