/* foreign-speed ROUNDS: milliseconds for maps of 1, 256 adjacent, 256 scattered and 4096 adjacent frames, and for 256 plain mmaps. */
#include "foreign.h"

#define MOST 4096
static xen_pfn_t frames[MOST], scattered[MOST];

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void report(const char *name, double *times, int rounds)
{
    qsort(times, rounds, sizeof *times, compare);
    printf("%s median %.3f best %.3f\n", name, times[rounds / 2], times[0]);
}

static void measure(const char *name, uint32_t domid, unsigned count, const xen_pfn_t *list, int rounds)
{
    double times[rounds];
    static int errors[MOST];
    for (int i = 0; i < rounds; i++) {
        char *at = area(count, PROT_READ | PROT_WRITE);
        double start = milliseconds();
        int result = batch(domid, at, count, list, errors);
        times[i] = milliseconds() - start;
        if (result || errors[count - 1]) printf("not ok: map of %u: %d, last %d\n", count, result, errors[count - 1]);
        munmap(at, count * PAGE);
    }
    report(name, times, rounds);
}

/* The lower bound for scattered frames: one mapping for each. */
static void measure_mmap(const char *name, unsigned count, int rounds)
{
    double times[rounds];
    int file = memfd_create("frames", 0);
    if (ftruncate(file, 2 * MOST * PAGE)) perror("ftruncate");
    for (int i = 0; i < rounds; i++) {
        char *at = area(count, PROT_READ | PROT_WRITE);
        double start = milliseconds();
        munmap(at, count * PAGE);
        for (unsigned page = 0; page < count; page++)
            mmap(at + page * PAGE, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, file, 2 * page * PAGE);
        times[i] = milliseconds() - start;
        munmap(at, count * PAGE);
    }
    report(name, times, rounds);
}

int main(int argc, char **argv)
{
    int rounds = argc > 1 ? atoi(argv[1]) : 50;
    begin();
    uint32_t domid = new_domain(1, MOST, 0, frames);
    for (int i = 0; i < MOST; i++) scattered[i] = frames[i * 2 % MOST];
    measure("1", domid, 1, frames, rounds);
    measure("256", domid, 256, frames, rounds);
    measure("256-scattered", domid, 256, scattered, 1 + rounds / 3);
    measure("4096", domid, MOST, frames, rounds);
    measure_mmap("256-mmaps", 256, 1 + rounds / 3);
    xc_domain_destroy(xch, domid);
    puts("done");
    return 0;
}
