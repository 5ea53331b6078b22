/* foreign-grants: gntdev maps guest memory, and a mapping of a grant table shows what the model writes into it. */
#include "foreign.h"
#include <xen/grant_table.h>
#include <xen/memory.h>
#include <xen/sys/gntdev.h>
#include <xengnttab.h>

/* Any call on the device makes it check which maps have ended. */
static void nudge(xengnttab_handle *grants, uint32_t domid)
{
    IS(xengnttab_map_grant_ref(grants, domid, 300, PROT_READ) == 0, 1);
}

/* A mapped page stays granted until it is unmapped, even if its file is closed or its map returned. */
static void closed(xengnttab_handle *grants, uint32_t domid, grant_entry_v1_t *table, char *memory)
{
    const int in_use = GTF_reading | GTF_writing;
    xengnttab_handle *other = xengnttab_open(0, 0);
    char *page = xengnttab_map_grant_ref(other, domid, 8, PROT_READ | PROT_WRITE);
    xengnttab_close(other);
    IS(table[8].flags & in_use, in_use);
    nudge(grants, domid);
    IS(table[8].flags & in_use, in_use);
    strcpy(page, "after the close");
    IS(strcmp(memory, "after the close"), 0);
    munmap(page, PAGE);
    nudge(grants, domid);
    IS(table[8].flags & in_use, 0);

    int device = open("/dev/xen/gntdev", O_RDWR);
    struct ioctl_gntdev_map_grant_ref map = { .count = 1, .refs[0] = { .domid = domid, .ref = 9 } };
    IS(ioctl(device, IOCTL_GNTDEV_MAP_GRANT_REF, &map), 0);
    page = mmap(0, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, device, map.index);
    struct ioctl_gntdev_unmap_grant_ref unmap = { .index = map.index, .count = 1 };
    IS(ioctl(device, IOCTL_GNTDEV_UNMAP_GRANT_REF, &unmap), 0);
    IS(ioctl(device, IOCTL_GNTDEV_UNMAP_GRANT_REF, &unmap) ? errno : 0, ENOENT);
    IS(table[9].flags & in_use, in_use);
    strcpy(page, "given back");
    IS(strcmp(memory + PAGE, "given back"), 0);
    munmap(page, PAGE);
    close(device);
    nudge(grants, domid);
    IS(table[9].flags & in_use, 0);

    int mapped[2], enough[2];
    char byte = 0;
    IS(pipe(mapped) || pipe(enough), 0);
    pid_t child = fork();
    if (child == 0) {
        close(enough[1]);
        other = xengnttab_open(0, 0);
        page = xengnttab_map_grant_ref(other, domid, 10, PROT_READ | PROT_WRITE);
        xengnttab_close(other);
        if (!page || write(mapped[1], &byte, 1) != 1 || read(enough[0], &byte, 1) != 0) _exit(1);
        _exit(0);
    }
    IS(read(mapped[0], &byte, 1), 1);
    nudge(grants, domid);
    IS(table[10].flags & in_use, in_use);
    close(enough[0]);
    close(enough[1]);
    waitpid(child, 0, 0);
    nudge(grants, domid);
    IS(table[10].flags & in_use, 0);
}

/* A destroyed domain stays in the dying state until its granted pages are unmapped. */
static void destroyed(xengnttab_handle *grants, uint32_t domid)
{
    xc_dominfo_t info = { 0 };
    xengnttab_handle *other = xengnttab_open(0, 0);
    char *page = xengnttab_map_grant_ref(other, domid, 8, PROT_READ | PROT_WRITE);
    strcpy(page, "of the dead");
    xengnttab_close(other);
    xc_domain_destroy(xch, domid);
    IS(xc_domain_getinfo(xch, domid, 1, &info) == 1 && info.domid == domid && info.dying, 1);
    IS(strcmp(page, "of the dead"), 0);
    munmap(page, PAGE);
    nudge(grants, domid);
    IS(xc_domain_getinfo(xch, domid, 1, &info) == 1 && info.domid == domid, 0);
}

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
        closed(grants, domid, table, memory);
        destroyed(grants, domid);
    }
    puts("done");
    return 0;
}
