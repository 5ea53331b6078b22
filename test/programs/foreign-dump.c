/* foreign-dump FILE: the core of a small PVH domain, as libxc writes it for xl dump-core: one frame a map. */
#include "foreign.h"

int main(int argc, char **argv)
{
    static xen_pfn_t frames[64];
    vcpu_guest_context_any_t context = { 0 };
    if (argc != 2) return 2;
    begin();
    uint32_t domid = new_domain(1, 64, 0x10, frames);
    IS(xc_domain_max_vcpus(xch, domid, 2), 0);
    context.x64.user_regs.rip = 0x1234567;
    context.x64.flags = VGCF_online;
    IS(xc_vcpu_setcontext(xch, domid, 0, &context), 0);
    char *memory = map(domid, 64, frames);
    for (int i = 0; i < 64; i++) sprintf(memory + i * PAGE + i, "frame %d", i);
    double start = milliseconds();
    IS(xc_domain_dumpcore(xch, domid, argv[1]), 0);
    printf("dumped in %.0f ms\n", milliseconds() - start);
    xc_domain_destroy(xch, domid);
    puts("done");
    return 0;
}
