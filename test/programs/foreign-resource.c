/* foreign-resource: MMAP_RESOURCE of grant tables, status frames and trace buffers, and what it refuses. */
#include "foreign.h"
#include <xen/grant_table.h>
#include <xen/memory.h>

static int resource(domid_t dom, unsigned type, unsigned id, unsigned idx, uint64_t num, void *address, uint64_t *size)
{
    privcmd_mmap_resource_t call = { .dom = dom, .type = type, .id = id, .idx = idx, .num = num, .addr = (uintptr_t)address };
    int result = ioctl(fd, IOCTL_PRIVCMD_MMAP_RESOURCE, &call) ? -errno : 0;
    if (size) *size = call.num;
    return result;
}

int main(void)
{
    begin();
    for (int pvh = 0; pvh < 2; pvh++) {
        static xen_pfn_t frames[4];
        uint32_t domid = new_domain(pvh, 4, 0x10, frames);
        uint64_t size = 0;
        IS(resource(domid, XENMEM_resource_grant_table, XENMEM_resource_grant_table_id_shared, 0, 0, 0, &size), 0);
        IS(size, 32);
        IS(resource(domid, XENMEM_resource_grant_table, 7, 0, 0, 0, 0), -EINVAL);
        IS(resource(domid, 9, 0, 0, 0, 0, 0), -EINVAL);
        IS(resource(999, XENMEM_resource_grant_table, 0, 0, 0, 0, 0), -ESRCH);
        IS(resource(0, XENMEM_resource_grant_table, 0, 0, 0, 0, 0), -EPERM);
        IS(resource(domid, XENMEM_resource_grant_table, 0, 0, 1, 0, 0), -EINVAL);

        grant_entry_v1_t *table = area(32, PROT_READ | PROT_WRITE);
        IS(resource(domid, XENMEM_resource_grant_table, 0, 0, 0, table, 0), -EINVAL);
        IS(resource(domid, XENMEM_resource_grant_table, 0, 0, 33, table, 0), -EINVAL);
        IS(resource(domid, XENMEM_resource_grant_table, 0, 0, 32, table, 0), 0);
        for (int i = 0; i < 32 * 512; i++) table[i].frame = 0x1000 + i;
        grant_entry_v1_t *part = area(2, PROT_READ);
        IS(resource(domid, XENMEM_resource_grant_table, 0, 30, 2, part, 0), 0);
        IS(part[0].frame, 0x1000 + 30 * 512);
        IS(part[1023].frame, 0x1000 + 32 * 512 - 1);
        IS(touch((char *)part, 1), SIGSEGV);
        IS(resource(domid, XENMEM_resource_grant_table, 0, 31, 2, area(2, PROT_READ), 0), -EINVAL);
        char *status = area(1, PROT_READ);
        IS(resource(domid, XENMEM_resource_grant_table, XENMEM_resource_grant_table_id_status, 0, 1, status, 0), -EINVAL);
        char *anonymous = mmap(0, PAGE, PROT_READ, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        IS(resource(domid, XENMEM_resource_grant_table, 0, 0, 1, anonymous, 0), -EINVAL);
        xc_domain_destroy(xch, domid);
        IS(table[5].frame, 0x1005);
        munmap(table, 32 * PAGE);
    }
    uint32_t domid = 0;
    struct xen_domctl_createdomain config = {
        .flags = XEN_DOMCTL_CDF_hvm | XEN_DOMCTL_CDF_hap, .max_vcpus = 2, .max_evtchn_port = 1023, .max_grant_frames = 1,
        .max_maptrack_frames = 1, .grant_opts = XEN_DOMCTL_GRANT_version(2), .vmtrace_size = 4 * PAGE,
        .arch.emulation_flags = XEN_X86_EMU_LAPIC,
    };
    if (xc_domain_create(xch, &domid, &config) == 0) {
        uint64_t size = 0;
        IS(resource(domid, XENMEM_resource_vmtrace_buf, 0, 0, 0, 0, &size), 0);
        IS(size, 4);
        char *trace = area(4, PROT_READ);
        IS(resource(domid, XENMEM_resource_vmtrace_buf, 1, 0, 4, trace, 0), 0);
        IS(touch(trace + 3 * PAGE, 0), 0);
        IS(resource(domid, XENMEM_resource_vmtrace_buf, 2, 0, 4, area(4, PROT_READ), 0), -ENOENT);
        xc_domain_destroy(xch, domid);
    } else printf("no vmtrace: %s\n", strerror(errno));
    puts("done");
    return 0;
}
