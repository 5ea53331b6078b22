/* move X Y NAME: hypercall 45 with the address of a struct robot. Nothing here needs a change. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <xen/xen.h>
#include <xen/sys/privcmd.h>

struct robot {
    int32_t x, y;
    uint64_t steps;
    char name[16];
};

int main(int argc, char **argv)
{
    struct robot robot = { atoi(argv[1]), atoi(argv[2]), 5000000000 };
    int fd = open("/proc/xen/privcmd", O_RDWR);
    privcmd_hypercall_t call = { .op = 45, .arg = { (uintptr_t)&robot } };

    strncpy(robot.name, argv[3], sizeof robot.name - 1);
    if ( ioctl(fd, IOCTL_PRIVCMD_HYPERCALL, &call) < 0 )
    {
        printf("%s\n", strerror(errno));
        return 1;
    }
    printf("now at %d, %d, %" PRIu64 " steps\n", robot.x, robot.y, robot.steps);
    return 0;
}
