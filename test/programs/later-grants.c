/*
 * later-grants: grants two pages, maps and reads the first, then maps and reads the second. A tracer shows them through the page cache,
 * which must not have read the second too early.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

#define ALLOC _IOC(_IOC_NONE, 'G', 5, 24)
#define MAP _IOC(_IOC_NONE, 'G', 0, 24)
#define PAGE 4096

int main(void)
{
    int gntalloc = open("/dev/xen/gntalloc", O_RDWR), gntdev = open("/dev/xen/gntdev", O_RDWR);
    for (int number = 1; number <= 2; number++) {
        struct { uint16_t domid, flags; uint32_t count; uint64_t index; uint32_t refs[1]; } alloc = { 0, 1, 1, 0, { 0 } };
        if (ioctl(gntalloc, ALLOC, &alloc) < 0) return perror("gntalloc"), 1;
        char *own = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, gntalloc, alloc.index);
        if (own == MAP_FAILED) return perror("mmap of gntalloc"), 1;
        sprintf(own, "page %d", number);
        munmap(own, PAGE); /* now the granted page has it, also under a tracer */
        struct { uint32_t count, pad; uint64_t index; uint32_t domid, ref; } map = { 1, 0, 0, 0, alloc.refs[0] };
        if (ioctl(gntdev, MAP, &map) < 0) return perror("gntdev"), 1;
        char *page = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, gntdev, map.index);
        if (page == MAP_FAILED) return perror("mmap of gntdev"), 1;
        printf("grant %d at %lu: %s\n", number, (unsigned long)map.index, page);
        fflush(stdout);
    }
    return 0;
}
