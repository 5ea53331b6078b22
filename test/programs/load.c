/*
 * load clients|threads COUNT CALLS [DAWDLE]: that many processes or threads start together and make calls at once. Prints whether all
 * calls were answered, and whether no client's total time (and, for processes, no single call) exceeded 100 times the median. With
 * DAWDLE one client is slow by that many microseconds in a call, to test the check. load fds COUNT: that many open files at once.
 */
#include "hypercall.h"
#include <pthread.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

static struct shared { pthread_barrier_t start; double waits[]; } *shared;
static double *took;
static int *good;
static int calls, dawdle;

static double now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec + now.tv_nsec / 1e9;
}

static void work(int index, int fd)
{
    pthread_barrier_wait(&shared->start);
    double start = now(), before = start;
    for (int i = 0; i < calls; i++) {
        good[index] += hypercall(fd, __HYPERVISOR_xen_version, 0, 0, 0) > 0;
        if (index == 0 && i == 0) usleep(dawdle);
        double after = now();
        shared->waits[index * calls + i] = after - before;
        before = after;
    }
    took[index] = before - start;
}

static int shared_fd;

static void *thread(void *index)
{
    work((intptr_t)index, shared_fd);
    return NULL;
}

static int by_time(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static int fair(const char *what, double *times, int count)
{
    qsort(times, count, sizeof *times, by_time);
    fprintf(stderr, "%s: median %.6f s, longest %.6f s\n", what, times[count / 2], times[count - 1]);
    return times[count - 1] < 100 * times[count / 2];
}

int main(int argc, char **argv)
{
    int count = atoi(argv[2]);
    calls = argc > 3 ? atoi(argv[3]) : 1;
    dawdle = argc > 4 ? atoi(argv[4]) : 0;
    if (!strcmp(argv[1], "fds")) {
        struct rlimit limit = { count + 100, count + 100 };
        setrlimit(RLIMIT_NOFILE, &limit);
        int fd = -1, opened = 0;
        for (; opened < count && (fd = open_privcmd(O_RDWR)) >= 0; opened++)
            ;
        printf("%d open, the last answers %d\n", opened, hypercall(fd, __HYPERVISOR_xen_version, 0, 0, 0));
        return 0;
    }
    size_t size = sizeof *shared + sizeof(double) * count * (calls + 2);
    shared = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    took = shared->waits + count * calls;
    good = (int *)(took + count);
    pthread_barrierattr_t between;
    pthread_barrierattr_init(&between);
    pthread_barrierattr_setpshared(&between, PTHREAD_PROCESS_SHARED);
    pthread_barrier_init(&shared->start, &between, count);
    int threads = !strcmp(argv[1], "threads");
    if (threads) {
        pthread_t made[1000];
        shared_fd = open_privcmd(O_RDWR);
        for (intptr_t i = 0; i < count; i++)
            pthread_create(&made[i], NULL, thread, (void *)i);
        for (int i = 0; i < count; i++)
            pthread_join(made[i], NULL);
    } else {
        for (int i = 0; i < count; i++)
            if (fork() == 0) {
                work(i, open_privcmd(O_RDWR));
                _exit(0);
            }
        while (wait(NULL) > 0)
            ;
    }
    long sum = 0;
    for (int i = 0; i < count; i++)
        sum += good[i];
    int clients_fair = fair("a client", took, count), calls_fair = fair("a call", shared->waits, count * calls);
    printf("%ld of %ld answered, %s\n", sum, (long)count * calls, clients_fair && (threads || calls_fair) ? "fairly" : "unfairly");
    return 0;
}
