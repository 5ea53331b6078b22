/* Calls what test/mount/results.test.ts defines: results of every kind, a long long that is written, a megabyte that is read. */
#include "hypercall.h"
#include <sys/syscall.h>

int main(void)
{
    int fd = open_privcmd(O_RDWR);
    long long out = 0;
    size_t size = 1 << 20;
    unsigned char *data = malloc(size);
    privcmd_hypercall_t wide = { 103 };
    for (size_t at = 0; at < size; at++) data[at] = at * 7;
    say("one", hypercall(fd, 100, 1, 0, 0));
    say("einval", hypercall(fd, 100, -EINVAL, 0, 0));
    say("2^31", hypercall(fd, 101, 0, 0, 0));
    say("enosys", hypercall(fd, 100, -ENOSYS, 0, 0));
    say("write", hypercall(fd, 102, (uintptr_t)&out, 0, 0));
    printf("out: %lld\n", out);
    say("write to read-only", hypercall(fd, 102, (uintptr_t)"constant", 0, 0));
    say("megabyte", hypercall(fd, 104, (uintptr_t)data, size, 0));
    printf("wide: %ld\n", syscall(SYS_ioctl, fd, IOCTL_PRIVCMD_HYPERCALL, &wide));
    return 0;
}
