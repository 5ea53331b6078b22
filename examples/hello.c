/*
 * Issues a hypercall of one's own, as tutorials on Xen do: open the device file, describe the call in a struct, hand
 * it over with ioctl. Nothing here knows of Fauxen; on a real Xen with such a hypercall it does the same.
 *
 *     gcc -o hello hello.c          (Debian: apt install libxen-dev)
 *     ./hello "a message"
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <xen/xen.h>
#include <xen/sys/privcmd.h>

#define HYPERCALL_HELLO 39

int main(int argc, char **argv)
{
    const char *message = argc > 1 ? argv[1] : NULL;
    privcmd_hypercall_t call = { .op = HYPERCALL_HELLO, .arg = { (uintptr_t)message } };

    int fd = open("/proc/xen/privcmd", O_RDWR);
    if (fd < 0) {
        fprintf(stderr, "cannot open /proc/xen/privcmd: %s\n", strerror(errno));
        return 1;
    }

    int ret = ioctl(fd, IOCTL_PRIVCMD_HYPERCALL, &call);
    printf("ret = %d\n", ret);
    if (ret < 0)
        printf("%s\n", strerror(errno));

    close(fd);
    return ret < 0;
}
