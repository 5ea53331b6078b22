/*
 * What Fauxen itself makes a caller wait. A call's duration says little on a busy machine: the caller and Fauxen's thread each wait for a
 * CPU. So both waits, which the kernel counts (the second number of /proc/PID/task/TID/schedstat), are deducted from it. Calls during which
 * Fauxen waits for a caller's memory are counted apart: for a page that is served late on purpose, or for the lock of the memory, which
 * another thread of that caller holds (in fork, mmap or munmap) while it waits for a CPU.
 */
#include <dirent.h>
#include <pthread.h>
#include <sched.h>
#include <sys/syscall.h>
#include <time.h>

#define STEPS 16 /* buckets for each power of two, so figures are exact to 6 % */
#define BUCKETS (STEPS * 40)

/* How long to call to find the thread that answers. V8 has optimised the code that answers after this. */
#define FIND_SECONDS 0.5

/* In shared memory. */
struct waits {
    volatile unsigned long durations[BUCKETS], own[BUCKETS]; /* by nanoseconds: all of a call, and what is left after the deduction */
    volatile unsigned long beside_late, late, late_now;      /* late: the waits for memory so far; late_now: those now */
    volatile unsigned long longest;                          /* in nanoseconds, of own */
    volatile char longest_act[64];
};

struct wait {
    double start;
    unsigned long caller, server, late;
    int status, is_late;
};

static int server_status = -1; /* schedstat of Fauxen's thread that answers; -1: the kernel does not count these waits */

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

/* Nanoseconds for which a thread ran (0) or waited for a CPU (1). */
static unsigned long cpu_time(int status, int which)
{
    char text[100] = "";
    unsigned long times[2] = { 0, 0 };
    if (pread(status, text, sizeof text - 1, 0) > 0) sscanf(text, "%lu %lu", &times[0], &times[1]);
    return times[which];
}

/* Reads both counters and returns the time: all three at one moment, so it tries again if the thread lost its CPU in between. */
static double read_both(const struct wait *wait, unsigned long *caller, unsigned long *server)
{
    double before, after;
    int tries = 0;
    do {
        before = now();
        *caller = cpu_time(wait->status, 1);
        *server = cpu_time(server_status, 1);
        after = now();
    } while (after - before > 20e-6 && ++tries < 50);
    return before;
}

/* Called before a call; at: whether its argument is in a page that is served late. */
static struct wait begin_wait(struct waits *waits, int at)
{
    struct wait wait = { .status = -1, .is_late = at };
    if (server_status < 0) return wait;
    wait.status = open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
    if (at) {
        __sync_fetch_and_add(&waits->late_now, 1);
        __sync_fetch_and_add(&waits->late, 1);
    }
    wait.is_late |= waits->late_now != 0;
    wait.late = waits->late;
    read_both(&wait, &wait.caller, &wait.server);
    wait.start = now();
    return wait;
}

static void count(volatile unsigned long *buckets, double seconds)
{
    unsigned long ns = seconds > 16e-9 ? seconds * 1e9 : 16;
    int power = 63 - __builtin_clzl(ns);
    __sync_fetch_and_add(&buckets[power * STEPS + ((ns >> (power - 4)) & 15)], 1);
}

static void end_wait(struct waits *waits, const struct wait *wait, int at, const char *act)
{
    unsigned long caller, server;
    if (wait->status < 0) return;
    double took = now() - wait->start, own = read_both(wait, &caller, &server) - wait->start;
    close(wait->status);
    if (at) __sync_fetch_and_add(&waits->late_now, -1);
    count(waits->durations, took);
    if (wait->is_late || wait->late != waits->late) {
        __sync_fetch_and_add(&waits->beside_late, 1);
        return;
    }
    own -= (caller - wait->caller + server - wait->server) / 1e9;
    count(waits->own, own);
    if (own * 1e9 <= waits->longest) return;
    waits->longest = own * 1e9;
    strncpy((char *)waits->longest_act, act, sizeof waits->longest_act - 1);
}

static int server_call;

/* Whether the server is within a copy from or to a caller's memory, and in which: its call, arguments and stack pointer. */
static int in_copy(char text[200])
{
    int length = pread(server_call, text, 199, 0);
    text[length > 0 ? length : 0] = 0;
    int number = atoi(text);
    return length > 0 && text[0] != 'r' && (number == SYS_process_vm_readv || number == SYS_process_vm_writev);
}

/* Notices copies that last: normal ones take microseconds. */
static void *see_copies(void *argument)
{
    struct waits *waits = argument;
    char before[200] = "", text[200];
    int waiting = 0;
    for (;; usleep(100)) {
        int lasts = in_copy(text) && strcmp(text, before) == 0;
        if (lasts && !waiting) __sync_fetch_and_add(&waits->late, 1);
        if (lasts != waiting) __sync_fetch_and_add(&waits->late_now, lasts ? 1 : -1);
        waiting = lasts;
        strcpy(before, text);
    }
    return NULL;
}

static void watch_copies(struct waits *waits, int priority)
{
    pthread_t thread;
    if (priority == 0 || server_status < 0 || pthread_create(&thread, NULL, see_copies, waits)) return;
    if (pthread_setschedparam(thread, SCHED_FIFO, &(struct sched_param){ priority + 1 })) perror("real-time priority");
}

/*
 * Finds the thread of process `pid` that answers: that which runs most during calls on `fd`. If `priority` is not 0, all threads of the
 * process get that real-time priority, so that hardly any wait is left to be deducted.
 */
static void find_server(int pid, int fd, int priority)
{
    char path[64];
    int statuses[64], ids[64], threads = 0, server_thread = 0;
    unsigned long before[64], most = 0;
    privcmd_hypercall_t version = { __HYPERVISOR_xen_version, { 0 } };
    snprintf(path, sizeof path, "/proc/%d/task", pid);
    DIR *tasks = opendir(path);
    for (struct dirent *task; tasks && threads < 64 && (task = readdir(tasks));) {
        if (task->d_name[0] == '.') continue;
        int thread = atoi(task->d_name);
        if (priority > 0 && sched_setscheduler(thread, SCHED_FIFO, &(struct sched_param){ priority })) perror("real-time priority");
        snprintf(path, sizeof path, "/proc/%d/task/%d/schedstat", pid, thread);
        statuses[threads] = open(path, O_RDONLY);
        ids[threads] = thread;
        before[threads] = cpu_time(statuses[threads], 0);
        threads += statuses[threads] >= 0;
    }
    if (tasks) closedir(tasks);
    for (double end = now() + FIND_SECONDS; now() < end;) ioctl(fd, IOCTL_PRIVCMD_HYPERCALL, &version);
    for (int i = 0; i < threads; i++) {
        unsigned long ran = cpu_time(statuses[i], 0) - before[i];
        if (ran > most) {
            most = ran;
            server_status = dup2(statuses[i], server_status < 0 ? fcntl(fd, F_DUPFD, 80) : server_status);
            server_thread = ids[i];
        }
        close(statuses[i]);
    }
    snprintf(path, sizeof path, "/proc/%d/task/%d/syscall", pid, server_thread);
    server_call = open(path, O_RDONLY | O_CLOEXEC);
}

static unsigned long sum(const volatile unsigned long *buckets, int from)
{
    unsigned long all = 0;
    for (int bucket = from; bucket < BUCKETS; bucket++) all += buckets[bucket];
    return all;
}

/* The first bucket up to which that share of the calls is. */
static int share_below(const volatile unsigned long *buckets, double share)
{
    unsigned long count = 0, all = sum(buckets, 0);
    for (int bucket = 0; bucket < BUCKETS; bucket++)
        if ((count += buckets[bucket]) >= share * all) return bucket;
    return BUCKETS - 1;
}

/* The end of a bucket, in microseconds. */
static double microseconds(int bucket)
{
    return (double)(1ul << bucket / STEPS) * (STEPS + 1 + bucket % STEPS) / STEPS / 1e3;
}

static void print_waits(const struct waits *waits)
{
    if (server_status < 0) return;
    int half = share_below(waits->own, 0.5), limit = 0;
    while (limit < BUCKETS - 1 && microseconds(limit) < 100 * microseconds(half)) limit++;
    printf("; us (half, 99.9 %%, all): duration");
    for (int i = 0; i < 3; i++) printf(" %.0f", microseconds(share_below(waits->durations, (double[]){ 0.5, 0.999, 1 }[i])));
    printf(", without waits for a CPU %.0f %.0f %.0f (%s)", microseconds(half), microseconds(share_below(waits->own, 0.999)), waits->longest / 1e3,
           (const char *)waits->longest_act);
    printf(", over 100 x the median %lu of %lu; %lu beside a wait for a caller's memory", sum(waits->own, limit + 1), sum(waits->own, 0),
           waits->beside_late);
}
