/*
 * own-mapping ROUNDS: a thread reads each page of a new mapping of dmesg while another passes a hypercall a pointer into it. Both wait
 * for the same page, and neither may wait for ever, in either order. Prints how many rounds there were, then whether the daemon still
 * answers.
 */
#include "hypercall.h"
#include <libgen.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/mman.h>

#define PAGE 4096
enum { PAGES = 3 };

static pthread_barrier_t both;
static volatile char *mapped;
static int rounds;
static __thread sigjmp_buf refused;

static void on_bus(int signal)
{
    siglongjmp(refused, signal);
}

static void *reader(void *ignored)
{
    for (int round = 0; round < rounds; round++) {
        pthread_barrier_wait(&both);
        for (int page = 0; page < PAGES; page++)
            if (!sigsetjmp(refused, 1)) (void)mapped[page * PAGE + round % PAGE];
        pthread_barrier_wait(&both);
    }
    return ignored;
}

int main(int argc, char **argv)
{
    char path[4096];
    snprintf(path, sizeof path - 8, "%s", privcmd_path());
    strcat(dirname(path), "/dmesg");
    int fd = open_privcmd(O_RDWR);
    rounds = argc > 1 ? atoi(argv[1]) : 1;
    signal(SIGBUS, on_bus);
    pthread_barrier_init(&both, NULL, 2);
    pthread_t thread;
    pthread_create(&thread, NULL, reader, NULL);
    for (int round = 0; round < rounds; round++) {
        int file = open(path, O_RDONLY);
        posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED); /* or the page of the round before would do */
        mapped = mmap(NULL, PAGES * PAGE, PROT_READ, MAP_PRIVATE, file, 0);
        close(file);
        if (mapped == MAP_FAILED) return perror("mmap"), 1;
        pthread_barrier_wait(&both);
        if (round % 2) usleep(round % 7 * 50);
        for (int page = 0; page < PAGES; page++)
            hypercall(fd, __HYPERVISOR_console_io, 0, 100, (uintptr_t)mapped + page * PAGE);
        pthread_barrier_wait(&both);
        munmap((void *)mapped, PAGES * PAGE);
    }
    pthread_join(thread, NULL);
    printf("%d rounds\n", rounds);
    say("xen_version", hypercall(fd, __HYPERVISOR_xen_version, 0, 0, 0));
    return 0;
}
