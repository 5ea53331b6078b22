/* Shared by the test programs: open privcmd, issue a hypercall, print the result. */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <xen/xen.h>
#include <xen/sys/privcmd.h>

static const char *privcmd_path(void)
{
    const char *path = getenv("PRIVCMD");
    return path ? path : "/proc/xen/privcmd";
}

static int open_privcmd(int flags)
{
    int fd = open(privcmd_path(), flags);
    if (fd < 0) {
        perror(privcmd_path());
        exit(2);
    }
    return fd;
}

static int hypercall(int fd, uint64_t op, uint64_t a, uint64_t b, uint64_t c)
{
    privcmd_hypercall_t call = { op, { a, b, c } };
    return ioctl(fd, IOCTL_PRIVCMD_HYPERCALL, &call);
}

static void say(const char *what, int ret)
{
    printf("%s: %d%s%s\n", what, ret, ret < 0 ? " " : "", ret < 0 ? strerror(errno) : "");
}
