/* A thread whose system call only SIGKILL interrupts: vfork(2) waits until the child ends, and the child waits
 * for a byte on standard input. */
#define _GNU_SOURCE
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    char byte;
    printf("ready %d\n", (int)getpid());
    fflush(stdout);
    if (vfork() == 0) {
        _exit(read(0, &byte, 1) != 1);
    }
    printf("after\n");
    return 0;
}
