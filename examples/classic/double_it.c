/*
 * Calls the hypercall of double_it-*.patch, as tutorials do: gcc -o double_it double_it.c && ./double_it NUMBER
 * The number of the hypercall comes from <xen/xen.h>, or from -DHYPERCALL=40.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <xen/xen.h>
#include <xen/sys/privcmd.h>

#ifndef HYPERCALL
#define HYPERCALL __HYPERVISOR_double_it
#endif

int main(int argc, char **argv)
{
    int number = argc > 1 ? atoi(argv[1]) : 1;
    privcmd_hypercall_t call = { .op = HYPERCALL, .arg = { number } };
    int fd = open("/proc/xen/privcmd", O_RDWR);

    if (fd < 0) {
        printf("cannot open /proc/xen/privcmd: %s\n", strerror(errno));
        return 1;
    }
    int ret = ioctl(fd, IOCTL_PRIVCMD_HYPERCALL, &call);
    printf("ret = %d%s%s\n", ret, ret < 0 ? ": " : "", ret < 0 ? strerror(errno) : "");
    return ret < 0;
}
