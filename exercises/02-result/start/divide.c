/* divide A B: hypercall 44 with A, B and the address of an int. Nothing here needs a change. */
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
    int remainder = 99;
    int fd = open("/proc/xen/privcmd", O_RDWR);
    privcmd_hypercall_t call = { .op = 44, .arg = { strtoul(argv[1], NULL, 0), strtoul(argv[2], NULL, 0), (uintptr_t)&remainder } };
    int ret = ioctl(fd, IOCTL_PRIVCMD_HYPERCALL, &call);

    if ( ret < 0 )
    {
        printf("%s\n", strerror(errno));
        return 1;
    }
    printf("%s / %s = %d, remainder %d\n", argv[1], argv[2], ret, remainder);
    return 0;
}
