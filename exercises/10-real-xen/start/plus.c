/* plus A B: hypercall 43, as a real Xen with the patch would answer it. Nothing here needs a change. */
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
    int fd = open("/proc/xen/privcmd", O_RDWR);
    privcmd_hypercall_t call = { .op = 43, .arg = { atoi(argv[1]), atoi(argv[2]) } };
    int ret = ioctl(fd, IOCTL_PRIVCMD_HYPERCALL, &call);

    if ( ret < 0 )
        printf("%s\n", strerror(errno));
    else
        printf("%s + %s = %d\n", argv[1], argv[2], ret);
    return ret < 0;
}
