/* thermostat DEGREES: asks the hypervisor to heat, and shows how warm it is. */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <xen/xen.h>
#include <xen/sys/privcmd.h>

struct room {
    int32_t wanted, actual;
};

int main(int argc, char **argv)
{
    struct room room = { atoi(argv[1]) };
    int fd = open("/proc/xen/privcmd", O_RDWR);
    privcmd_hypercall_t call = { .op = 45, .arg = { (uintptr_t)&room } };
    int ret = ioctl(fd, IOCTL_PRIVCMD_HYPERCALL, &call);

    if ( ret < 0 )
        printf("ret = %d: %s\n", ret, strerror(errno));
    else
        printf("ret = %d, wanted %d, is %d\n", ret, room.wanted, room.actual);
    return ret < 0;
}
