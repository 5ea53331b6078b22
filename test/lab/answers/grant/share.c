/* share: grants a page to this domain itself, and maps it a second time. */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <xen/xen.h>
#include <xen/sys/gntalloc.h>
#include <xen/sys/gntdev.h>

static void fail(const char *what)
{
    printf("%s: %s\n", what, strerror(errno));
    exit(1);
}

int main(void)
{
    int alloc = open("/dev/xen/gntalloc", O_RDWR);
    struct ioctl_gntalloc_alloc_gref grant = { .domid = 0, .flags = GNTALLOC_FLAG_WRITABLE, .count = 1 };
    char *ours;

    if ( ioctl(alloc, IOCTL_GNTALLOC_ALLOC_GREF, &grant) < 0 )
        fail("grant");
    ours = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, alloc, grant.index);
    if ( ours == MAP_FAILED )
        fail("mmap");
    strcpy(ours, "hello, page");
    printf("granted %u\n", grant.gref_ids[0]);

    int gntdev = open("/dev/xen/gntdev", O_RDWR);
    struct ioctl_gntdev_map_grant_ref map = { .count = 1, .refs = { { .domid = 0, .ref = grant.gref_ids[0] } } };
    if ( ioctl(gntdev, IOCTL_GNTDEV_MAP_GRANT_REF, &map) < 0 )
        fail("map");
    char *theirs = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, gntdev, map.index);
    if ( theirs == MAP_FAILED )
        fail("map");
    printf("read: %s\n", theirs);
    strcpy(theirs, "hello back");

    printf("answer: %s\n", ours);
    return 0;
}
