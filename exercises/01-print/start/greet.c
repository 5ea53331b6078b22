/* greet [TEXT]: issues hypercall 43 with a pointer to the text. Nothing here needs a change. */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <xen/xen.h>
#include <xen/sys/privcmd.h>

int main(int argc, char **argv)
{
    int fd = open("/proc/xen/privcmd", O_RDWR);
    privcmd_hypercall_t call = { .op = 43, .arg = { (uintptr_t)argv[1] } };
    int ret = ioctl(fd, IOCTL_PRIVCMD_HYPERCALL, &call);

    printf("ret = %d\n", ret);
    if ( ret < 0 )
        printf("%s\n", strerror(errno));
    return ret < 0;
}
