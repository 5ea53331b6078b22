/* Normal calls beside calls that are cut off or delayed.
 *   guards after-handlers COUNT MICROSECONDS  handlers (number 100) that take about that long; after each, twenty normal calls
 *   guards beside-stuck SECONDS               one caller passes mappings of dmesg, which get stuck; prints the longest wait of others
 *   guards beside-computing SECONDS           one caller prepares to map a grant and computes instead; prints the longest wait of others
 *   guards beside-long ENTRIES                one caller makes a multicall of that many entries; also checks all results
 */
#include "hypercall.h"

#include <pthread.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { XEN_VERSION = 17, VERSION = 0x40011, BUSY = 100, INNOCENT = 20 };

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec + now.tv_nsec / 1e9;
}

/* Each handler's call is made in a new process: an alarm ends a call that is never answered. */
static int after_handlers(int count, long limit)
{
    int late = 0, wrong = 0, lost = 0;

    for (int i = 0; i < count && lost == 0; i++) {
        pid_t child = fork();
        int status;
        if (child == 0) {
            int fd = open_privcmd(O_RDWR), failed;
            alarm(10);
            failed = hypercall(fd, BUSY, limit + limit * (i % 20) / 80, 0, 0) < 0;
            for (int k = 0; k < INNOCENT; k++)
                if (hypercall(fd, XEN_VERSION, 0, 0, 0) != VERSION) _exit(2);
            _exit(failed);
        }
        waitpid(child, &status, 0);
        if (WIFSIGNALED(status)) lost++;
        else if (WEXITSTATUS(status) == 2) wrong++;
        else late += WEXITSTATUS(status);
    }
    printf("some cut off: %s, innocent calls that failed: %d, calls never answered: %d\n", late > 0 ? "yes" : "no", wrong, lost);
    return 0;
}

static volatile int over;

static void *innocent(void *worst)
{
    int fd = open_privcmd(O_RDWR);
    while (!over) {
        double start = seconds(), waited;
        if (hypercall(fd, XEN_VERSION, 0, 0, 0) != VERSION) *(double *)worst = 1e9;
        waited = seconds() - start;
        if (waited > *(double *)worst) *(double *)worst = waited;
    }
    return NULL;
}

/* One stuck copy after another, until the time is over. */
static void get_stuck(double end)
{
    int fd = open_privcmd(O_RDWR);

    while (seconds() < end) {
        int file = open("/proc/xen/dmesg", O_RDONLY);
        void *page = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, file, 0);
        ioctl(fd, IOCTL_PRIVCMD_HYPERCALL, page);
        munmap(page, 4096);
        close(file);
    }
}

/* No system call for half a second after each ioctl, where an mmap usually follows. */
static void compute(double end)
{
    struct { uint16_t domid, flags; uint32_t count; uint64_t index; uint32_t refs[2]; } alloc = { 0, 1, 1, 0, {0} };
    int fd = open("/dev/xen/gntalloc", O_RDWR);

    while (seconds() < end) {
        volatile unsigned long x = 0;
        if (ioctl(fd, _IOC(_IOC_NONE, 'G', 5, 24), &alloc) < 0) {
            perror("gntalloc");
            return;
        }
        for (double until = seconds() + 0.5; seconds() < until;)
            for (int i = 0; i < 1000000; i++) x++;
    }
}

static size_t entries;

/* Ends when its one call returns. */
static void make_long(double end)
{
    struct { uint64_t op, result, args[6]; } *entry = mmap(NULL, entries * 64, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    int fd = open_privcmd(O_RDWR), wrong = 0;

    (void)end;
    for (size_t i = 0; i < entries; i++) entry[i].op = XEN_VERSION;
    wrong = hypercall(fd, 13, (uint64_t)entry, entries, 0) != 0;
    for (size_t i = 0; i < entries; i++) wrong += entry[i].result != VERSION;
    if (wrong) printf("%d wrong results\n", wrong);
    fflush(stdout);
}

static int beside(void (*other)(double), double time)
{
    enum { OTHERS = 3 };
    pthread_t threads[OTHERS];
    double worst[OTHERS] = {0}, most = 0, end = seconds() + time;
    pid_t child = fork();

    if (child == 0) {
        other(end);
        _exit(0);
    }
    for (int i = 0; i < OTHERS; i++) pthread_create(&threads[i], NULL, innocent, &worst[i]);
    waitpid(child, NULL, 0);
    usleep(500000);
    over = 1;
    for (int i = 0; i < OTHERS; i++) {
        pthread_join(threads[i], NULL);
        if (worst[i] > most) most = worst[i];
    }
    printf("%.0f\n", most * 1000);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[1], "after-handlers") == 0) return after_handlers(atoi(argv[2]), atol(argv[3]));
    if (argc == 3 && strcmp(argv[1], "beside-stuck") == 0) return beside(get_stuck, atof(argv[2]));
    if (argc == 3 && strcmp(argv[1], "beside-computing") == 0) return beside(compute, atof(argv[2]));
    if (argc == 3 && strcmp(argv[1], "beside-long") == 0) {
        entries = atol(argv[2]);
        return beside(make_long, 0);
    }
    return 2;
}
