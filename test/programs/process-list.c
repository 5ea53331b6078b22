/* process-list DOMID INIT_TASK: prints the processes of a Linux guest, which it finds by the page tables of its first virtual CPU, as libvmi does. */
#define XC_WANT_COMPAT_MAP_FOREIGN_API
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <xenctrl.h>

/* Where test/helpers/linux-image.ts puts the members of struct task_struct. */
enum { TASKS = 0x7b8, PID = 0x8b0, NAME = 0xb60 };

static xc_interface *xc;
static uint32_t domain;

static int read_at(unsigned long address, void *into, size_t size)
{
    unsigned long frame = xc_translate_foreign_address(xc, domain, 0, address);
    char *page = frame == 0 ? NULL : xc_map_foreign_range(xc, domain, XC_PAGE_SIZE, PROT_READ, frame);
    if (page == NULL) return printf("nothing at %lx\n", address), 0;
    memcpy(into, page + address % XC_PAGE_SIZE, size);
    munmap(page, XC_PAGE_SIZE);
    return 1;
}

int main(int argc, char **argv)
{
    domain = atoi(argv[1]);
    unsigned long first = strtoul(argv[2], NULL, 16), task = first, next;
    xc = xc_interface_open(NULL, NULL, 0);
    for (int count = 0; argc == 3 && xc != NULL && count < 100; count++) {
        unsigned int pid;
        char name[17] = "";
        if (!read_at(task + PID, &pid, sizeof pid) || !read_at(task + NAME, name, 16) || !read_at(task + TASKS, &next, sizeof next)) return 1;
        printf("[%5u] %s\n", pid, name);
        task = next - TASKS;
        if (task == first) return 0;
    }
    return 1;
}
