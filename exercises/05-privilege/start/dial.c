/* dial get, dial set VALUE or dial COMMAND: hypercall 44. Nothing here needs a change. */
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
    int isGet = !strcmp(argv[1], "get"), isSet = !strcmp(argv[1], "set");
    int fd = open("/proc/xen/privcmd", O_RDWR);
    privcmd_hypercall_t call = { .op = 44, .arg = { isGet ? 0 : isSet ? 1 : atoi(argv[1]), argc > 2 ? atoi(argv[2]) : 0 } };
    int ret = ioctl(fd, IOCTL_PRIVCMD_HYPERCALL, &call);

    if ( ret < 0 )
        printf("%s\n", strerror(errno));
    else
        printf(isGet ? "dial = %d\n" : "ret = %d\n", ret);
    return ret < 0;
}
