/* moon COMMAND DAY, or moon version: hypercall 17, xen_version. Nothing here needs a change. */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <xen/xen.h>
#include <xen/sys/privcmd.h>

int main(int argc, char **argv)
{
    struct { uint32_t day, phase; } sky = { argc > 2 ? atoi(argv[2]) : 0, 99 };
    int fd = open("/proc/xen/privcmd", O_RDWR);
    privcmd_hypercall_t call = { .op = __HYPERVISOR_xen_version };
    int ret;

    if ( !strcmp(argv[1], "version") )
    {
        ret = ioctl(fd, IOCTL_PRIVCMD_HYPERCALL, &call); /* command 0, XENVER_version */
        if ( ret < 0 )
            printf("version: %s\n", strerror(errno));
        else
            printf("Xen %d.%d\n", ret >> 16, ret & 0xffff);
        return ret < 0;
    }
    call.arg[0] = atoi(argv[1]);
    call.arg[1] = (uintptr_t)&sky;
    ret = ioctl(fd, IOCTL_PRIVCMD_HYPERCALL, &call);
    if ( ret < 0 )
        printf("%s\n", strerror(errno));
    else
        printf("day %u: ret = %d, phase %u\n", sky.day, ret, sky.phase);
    return ret < 0;
}
