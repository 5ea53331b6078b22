/* Makes 100,000 xen_version calls; prints microseconds per call. */
#include "hypercall.h"
#include <time.h>

int main(int argc, char **argv)
{
    long count = argc > 1 ? atol(argv[1]) : 100000, wrong = 0;
    struct timespec a, b;
    int fd = open_privcmd(O_RDWR);
    clock_gettime(CLOCK_MONOTONIC, &a);
    for (long i = 0; i < count; i++) wrong += hypercall(fd, 17, 0, 0, 0) != 0x40011;
    clock_gettime(CLOCK_MONOTONIC, &b);
    printf("%ld wrong, %.2f us a call\n", wrong, ((b.tv_sec - a.tv_sec) * 1e9 + (b.tv_nsec - a.tv_nsec)) / 1e3 / count);
    return wrong != 0;
}
