/* total HOW: hypercall 43 with an array, its length and the address of the result. Nothing here needs a change. */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <xen/xen.h>
#include <xen/sys/privcmd.h>

static const int constant = 0;

int main(int argc, char **argv)
{
    int numbers[] = { 10, 20, 30 }, total = -1;
    char *pages = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    int fd = open("/proc/xen/privcmd", O_RDWR);
    privcmd_hypercall_t call = { .op = 43, .arg = { (uintptr_t)numbers, 3, (uintptr_t)&total } };

    munmap(pages + 4096, 4096);
    if ( !strcmp(argv[1], "nowhere") )
        call.arg[0] = (uintptr_t)pages + 4096;
    else if ( !strcmp(argv[1], "short") )
        call.arg[0] = (uintptr_t)pages + 4096 - 2 * sizeof(int);
    else if ( !strcmp(argv[1], "constant") )
        call.arg[2] = (uintptr_t)&constant;
    else if ( !strcmp(argv[1], "many") )
        call.arg[1] = 1000000;

    if ( ioctl(fd, IOCTL_PRIVCMD_HYPERCALL, &call) < 0 )
    {
        printf("%s\n", strerror(errno));
        return 1;
    }
    printf("total = %d\n", total);
    return 0;
}
