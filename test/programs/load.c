/*
 * load clients|threads COUNT CALLS: that many processes or threads make calls at once; says whether all calls were answered and the
 * longest that any client took for its calls stayed below 100 times the median. load fds COUNT: that many open files at once.
 */
#include "hypercall.h"
#include <pthread.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

static struct { double took; int good; } *results;
static int calls;

static void work(int index, int fd)
{
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (int i = 0; i < calls; i++)
        results[index].good += hypercall(fd, __HYPERVISOR_xen_version, 0, 0, 0) > 0;
    clock_gettime(CLOCK_MONOTONIC, &end);
    results[index].took = end.tv_sec - start.tv_sec + (end.tv_nsec - start.tv_nsec) / 1e9;
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

int main(int argc, char **argv)
{
    int count = atoi(argv[2]);
    calls = argc > 3 ? atoi(argv[3]) : 1;
    if (!strcmp(argv[1], "fds")) {
        struct rlimit limit = { count + 100, count + 100 };
        setrlimit(RLIMIT_NOFILE, &limit);
        int fd = -1, opened = 0;
        for (; opened < count && (fd = open_privcmd(O_RDWR)) >= 0; opened++)
            ;
        printf("%d open, the last answers %d\n", opened, hypercall(fd, __HYPERVISOR_xen_version, 0, 0, 0));
        return 0;
    }
    results = mmap(NULL, count * sizeof *results, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (!strcmp(argv[1], "threads")) {
        pthread_t threads[1000];
        shared_fd = open_privcmd(O_RDWR);
        for (intptr_t i = 0; i < count; i++)
            pthread_create(&threads[i], NULL, thread, (void *)i);
        for (int i = 0; i < count; i++)
            pthread_join(threads[i], NULL);
    } else {
        for (int i = 0; i < count; i++)
            if (fork() == 0) {
                work(i, open_privcmd(O_RDWR));
                _exit(0);
            }
        while (wait(NULL) > 0)
            ;
    }
    qsort(results, count, sizeof *results, by_time);
    long good = 0;
    for (int i = 0; i < count; i++)
        good += results[i].good;
    fprintf(stderr, "median %.6f s, longest %.6f s\n", results[count / 2].took, results[count - 1].took);
    printf("%ld of %ld answered, %s\n", good, (long)count * calls,
           results[count - 1].took < 100 * results[count / 2].took ? "fairly" : "unfairly");
    return 0;
}
