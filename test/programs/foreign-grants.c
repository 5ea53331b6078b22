/* foreign-grants: what gntdev maps is guest memory, and what the model writes into a grant table is seen through a mapping of it. */
#include "foreign.h"
#include <xen/grant_table.h>
#include <xen/memory.h>
#include <xengnttab.h>

int main(void)
{
    begin();
    xengnttab_handle *grants = xengnttab_open(0, 0);
    if (!grants) { perror("gntdev"); return 1; }
    for (int pvh = 0; pvh < 2; pvh++) {
        static xen_pfn_t frames[8];
        uint32_t domid = new_domain(pvh, 8, 0x10, frames);
        char *memory = map(domid, 8, frames);
        grant_entry_v1_t *table = area(1, PROT_READ | PROT_WRITE);
        privcmd_mmap_resource_t call = { .dom = domid, .type = XENMEM_resource_grant_table, .num = 1, .addr = (uintptr_t)table };
        IS(ioctl(fd, IOCTL_PRIVCMD_MMAP_RESOURCE, &call), 0);
        for (int i = 0; i < 8; i++) table[8 + i] = (grant_entry_v1_t){ .flags = GTF_permit_access, .domid = 0, .frame = frames[i] };

        strcpy(memory, "written by the guest");
        char *page = xengnttab_map_grant_ref(grants, domid, 8, PROT_READ | PROT_WRITE);
        IS(page != 0, 1);
        if (!page) return 1;
        IS(strcmp(page, "written by the guest"), 0);
        strcpy(page, "written by dom0");
        IS(strcmp(memory, "written by dom0"), 0);
        strcpy(memory, "and again");
        IS(strcmp(page, "and again"), 0);
        IS(table[8].flags & (GTF_reading | GTF_writing), GTF_reading | GTF_writing);
        IS(xengnttab_unmap(grants, page, 1), 0);
        IS(table[8].flags & (GTF_reading | GTF_writing), 0);

        uint32_t refs[4] = { 12, 10, 11, 15 };
        char *some = xengnttab_map_domain_grant_refs(grants, 4, domid, refs, PROT_READ | PROT_WRITE);
        IS(some != 0, 1);
        for (int i = 0; i < 4; i++) sprintf(some + i * PAGE, "reference %u", refs[i]);
        IS(strcmp(memory + 4 * PAGE, "reference 12"), 0);
        IS(strcmp(memory + 2 * PAGE, "reference 10"), 0);
        IS(strcmp(memory + 7 * PAGE, "reference 15"), 0);
        IS(xengnttab_unmap(grants, some, 4), 0);
        char *notified = xengnttab_map_grant_ref_notify(grants, domid, 9, PROT_READ | PROT_WRITE, 100, -1);
        memset(notified, 7, 200);
        IS(xengnttab_unmap(grants, notified, 1), 0);
        IS(memory[PAGE + 99], 7);
        IS(memory[PAGE + 100], 0);
        IS(xengnttab_map_grant_ref(grants, domid, 300, PROT_READ) == 0, 1);
        xc_domain_destroy(xch, domid);
    }
    puts("done");
    return 0;
}
