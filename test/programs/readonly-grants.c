/*
 * readonly-grants: grants one page read-only and one writable, maps each both read-only and writable, then tries mprotect and a write.
 * Prints the results. Needs gntalloc and gntdev.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define ALLOC _IOC(_IOC_NONE, 'G', 5, 24)
#define MAP _IOC(_IOC_NONE, 'G', 0, 24)
#define PAGE 4096

static void try_to_write(unsigned ref, int protection)
{
    struct { uint32_t count, pad; uint64_t index; uint32_t domid, ref; } map = { 1, 0, 0, 0, ref };
    int fd = open("/dev/xen/gntdev", O_RDWR);
    if (ioctl(fd, MAP, &map) < 0) return perror("map");
    char *page = mmap(NULL, PAGE, protection, MAP_SHARED, fd, map.index);
    if (page == MAP_FAILED) return perror("mmap");
    printf("reads %s, ", page);
    printf("mprotect %s, ", mprotect(page, PAGE, PROT_READ | PROT_WRITE) ? strerror(errno) : "done");
    fflush(stdout);
    page[0] = 'X';
    printf("written\n");
    fflush(stdout);
}

int main(void)
{
    setvbuf(stderr, NULL, _IONBF, 0);
    dup2(1, 2);
    for (int writable = 0; writable < 2; writable++) {
        struct { uint16_t domid, flags; uint32_t count; uint64_t index; uint32_t refs[1]; } alloc = { 0, writable, 1, 0, { 0 } };
        int fd = open("/dev/xen/gntalloc", O_RDWR);
        if (ioctl(fd, ALLOC, &alloc) < 0) return perror("gntalloc"), 2;
        char *own = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, alloc.index);
        for (int protection = PROT_READ; protection <= (PROT_READ | PROT_WRITE); protection += PROT_WRITE) {
            int status;
            strcpy(own, "granted");
            printf("a grant for %s, mapped for %s: ", writable ? "writing" : "reading", protection & PROT_WRITE ? "writing" : "reading");
            fflush(stdout);
            if (fork() == 0) {
                try_to_write(alloc.refs[0], protection);
                _exit(0);
            }
            wait(&status);
            if (WIFSIGNALED(status)) printf("signal %d\n", WTERMSIG(status));
            printf("the granter reads %s\n", own);
            fflush(stdout);
        }
    }
    return 0;
}
