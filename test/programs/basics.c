/* The tutorial's program, with its failures. */
#include "hypercall.h"

int main(int argc, char **argv)
{
    int fd = open_privcmd(O_RDWR);
    say("string", hypercall(fd, 39, (uintptr_t)"hello from C", 0, 0));
    say("null string", hypercall(fd, 39, 0, 0, 0));
    say("unknown", hypercall(fd, 77, 0, 0, 0));
    say("null struct", ioctl(fd, IOCTL_PRIVCMD_HYPERCALL, NULL));
    say("bad struct", ioctl(fd, IOCTL_PRIVCMD_HYPERCALL, (void *)0xdeadbeef000));
    say("unknown ioctl", ioctl(fd, 0x50ff, NULL));
    say("version", hypercall(fd, 17, 0, 0, 0));
    close(fd);
    fd = open_privcmd(O_RDONLY);
    say("read-only", hypercall(fd, 17, 0, 0, 0));
    return 0;
}
