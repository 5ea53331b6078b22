/* Opens PATH once; for each line of stdin issues hypercall NUMBER with the line as its argument, and prints the result. */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

struct hypercall { uint64_t op, arg[5]; };

int main(int argc, char **argv)
{
    char line[4096];
    int fd = open(argv[1], O_RDWR);
    if (fd < 0 || argc < 3) {
        perror(argv[1]);
        return 1;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    while (fgets(line, sizeof line, stdin)) {
        struct hypercall call = { .op = strtoull(argv[2], NULL, 0), .arg = { (uintptr_t)line } };
        line[strcspn(line, "\n")] = 0;
        int result = ioctl(fd, _IOC(_IOC_NONE, 'P', 0, sizeof call), &call);
        printf("%d %s\n", result, result < 0 ? strerror(errno) : "");
    }
    return 0;
}
