/* foreign-dump FILE: the core of a small PVH domain, as libxc writes it for xl dump-core: one frame a map. */
#include "foreign.h"
#include <xen/hvm/save.h>

/* The first virtual CPU's state, as a toolstack loads it into a new guest. getvcpucontext works only afterwards. */
struct __attribute__((packed)) first_context {
    struct hvm_save_descriptor header_is;
    HVM_SAVE_TYPE(HEADER) header;
    struct hvm_save_descriptor cpu_is;
    HVM_SAVE_TYPE(CPU) cpu;
    struct hvm_save_descriptor end_is;
};

int main(int argc, char **argv)
{
    static xen_pfn_t frames[64];
    struct first_context context = {
        .header_is = { HVM_SAVE_CODE(HEADER), 0, HVM_SAVE_LENGTH(HEADER) },
        .header = { .magic = HVM_FILE_MAGIC, .version = HVM_FILE_VERSION },
        .cpu_is = { HVM_SAVE_CODE(CPU), 0, HVM_SAVE_LENGTH(CPU) },
        .cpu = { .rip = 0x1234567, .cr0 = 1, .cs_arbytes = 0xc9b, .ss_arbytes = 0xc93, .tr_arbytes = 0x8b, .rflags = 2 },
    };
    if (argc != 2) return 2;
    begin();
    uint32_t domid = new_domain(1, 64, 0x10, frames);
    IS(xc_domain_max_vcpus(xch, domid, 2), 0);
    IS(xc_domain_hvm_setcontext(xch, domid, (uint8_t *)&context, sizeof context), 0);
    char *memory = map(domid, 64, frames);
    for (int i = 0; i < 64; i++) sprintf(memory + i * PAGE + i, "frame %d", i);
    double start = milliseconds();
    IS(xc_domain_dumpcore(xch, domid, argv[1]), 0);
    printf("dumped in %.0f ms\n", milliseconds() - start);
    xc_domain_destroy(xch, domid);
    puts("done");
    return 0;
}
