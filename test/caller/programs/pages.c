/* Pages in every state that the hypervisor's copies distinguish: one line each, "NAME ADDRESS", then "ready"; ends when its
 * standard input ends. The same states were measured on a real Xen 4.17. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static char data[4096] __attribute__((aligned(4096))) = { 1 };
static char unwritten[4096] __attribute__((aligned(4096))) = { 1 };
static char bss[4096] __attribute__((aligned(4096)));
static const char constant[4096] __attribute__((aligned(4096))) = { 1 };

static char *fresh(size_t length)
{
    return mmap(0, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}
static void show(const char *name, const void *address) { printf("%s %lx\n", name, (unsigned long)address); }

int main(void)
{
    char byte, stack[64] = { 0 }, *p;
    int fd = memfd_create("pages", 0);
    volatile char sum = constant[0] + unwritten[0] + bss[0];
    if (ftruncate(fd, 8192)) return 1;

    /* Shared with the child of a fork, which lives as long as we do; then one page of the two is written. */
    char *shared_by_fork = fresh(4096), *copied_after_fork = fresh(4096);
    *shared_by_fork = *copied_after_fork = 1;
    int end[2];
    if (pipe(end)) return 1;
    if (fork() == 0) {
        close(end[1]);
        _exit(read(end[0], &byte, 1) != 0);
    }
    *copied_after_fork = 2;
    data[0] = 1;

    p = fresh(4096); show("untouched", p);
    p = fresh(4096); sum += *p; show("zero", p);
    p = fresh(4096); *p = 1; show("written", p);
    p = fresh(4096); *p = 1; mprotect(p, 4096, PROT_READ); show("readonly", p);
    p = fresh(4096); *p = 1; mprotect(p, 4096, PROT_NONE); show("protnone", p);
    p = fresh(8192); *p = 1; show("straddle", p + 4096 - 8);
    p = fresh(12288); memset(p, 1, 8192); mprotect(p + 8192, 4096, PROT_NONE); show("two", p + 4096 - 8);
    p = malloc(64); memset(p, 0, 64); show("heap", p);
    p = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0); *p = 1; show("shared", p);
    p = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0); sum += *p; show("private-read", p);
    p = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0); *p = 1; show("private-written", p);
    p = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0); *p = 1; show("shared-anonymous", p);
    show("forked", shared_by_fork);
    show("forked-written", copied_after_fork);
    show("data", data);
    show("bss-read", bss);
    show("constant", constant);
    memset(stack, (int)sum & 1, sizeof stack);
    show("stack", stack);
    printf("ready\n");
    fflush(stdout);
    if (read(0, &byte, 1) < 0) return 1;
    return 0;
}
