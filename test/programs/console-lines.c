/* console-lines COUNT: prints that many numbered lines by console_io, one call each; says how many succeeded. */
#include "hypercall.h"

int main(int argc, char **argv)
{
    int fd = open_privcmd(O_RDWR), count = argc > 1 ? atoi(argv[1]) : 1, good = 0;
    for (int i = 0; i < count; i++) {
        char text[64];
        int length = sprintf(text, "line %d of many\n", i);
        good += hypercall(fd, __HYPERVISOR_console_io, CONSOLEIO_write, length, (uintptr_t)text) == 0;
    }
    printf("%d lines\n", good);
    return 0;
}
