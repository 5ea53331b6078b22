/*
 * Busy processes, into which Fauxen puts a seccomp filter, beside what makes that hard. `busy-beside KIND PRIVCMD [COUNT]` prints "filter" or
 * "none" for whether it has got one, and "wrong: ..." for each wrong answer. A process is busy after some dozens of calls within a second,
 * which a very busy machine may take longer for: it tries for up to 20 seconds.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define HYPERCALL 0x305000UL
#define VERSION (4 << 16 | 17)

static int fd, before;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static long version(void)
{
    struct { uint64_t op, arg[5]; } call = {17, {0}};
    int got = ioctl(fd, HYPERCALL, &call);
    return got < 0 ? -errno : got;
}

static void check(void)
{
    long got = version();
    if (got != VERSION) printf("wrong: %ld\n", got);
}

/* Of the calling thread. */
static int filters(void)
{
    char line[256];
    int count = -1;
    FILE *status = fopen("/proc/thread-self/status", "r");
    while (status && fgets(line, sizeof line, status)) sscanf(line, "Seccomp_filters: %d", &count);
    if (status) fclose(status);
    return count;
}

/* Calls until there is a filter more, for up to so many seconds. */
static int is_filtered(double seconds)
{
    for (double end = now() + seconds; now() < end;) {
        for (int i = 0; i < 200; i++) check();
        if (filters() > before) return 1;
    }
    return 0;
}

static void say_filtered(void) { puts(is_filtered(20) ? "filter" : "none"); }

static void own_listener(void)
{
    struct sock_filter allow = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    struct sock_fprog program = {1, &allow};
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    long got = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
    puts(got < 0 ? strerror(errno) : "a listener");
    before = filters();
}

/* From now on the process is killed for each further filter. */
static void forbid_filters(void)
{
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_seccomp, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {4, code};
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) != 0) perror("seccomp");
    before = filters();
}

static volatile int stop, alarms;

static void *call_on(void *unused)
{
    while (!stop) check();
    return unused;
}

static void *see(void *count)
{
    while (!stop) usleep(1000);
    *(int *)count = filters();
    return NULL;
}

/* Opens and closes descriptors, of which none may be another's. */
static void *descriptors(void *unused)
{
    while (!stop) {
        int ends[2];
        if (pipe(ends) < 0) continue;
        char byte = 'x';
        if (write(ends[1], &byte, 1) != 1 || read(ends[0], &byte, 1) != 1) puts("wrong: a descriptor was taken");
        if (close(ends[0]) < 0 || close(ends[1]) < 0) puts("wrong: a descriptor was closed");
    }
    return unused;
}

/* Closes what it does not know, as a daemon does before it starts its work. */
static void *close_all(void *unused)
{
    while (!stop) syscall(SYS_close_range, fd + 1, 1000, 0);
    return unused;
}

static void *fork_on(void *unused)
{
    while (!stop) {
        pid_t child = fork();
        if (child == 0) {
            for (int i = 0; i < 20; i++) check();
            fflush(stdout);
            _exit(0);
        }
        waitpid(child, NULL, 0);
    }
    return unused;
}

/* With `work` on two other threads. A process that closes what it does not know need not get a filter. */
static void beside(void *(*work)(void *))
{
    pthread_t threads[2];
    for (int i = 0; i < 2; i++) pthread_create(&threads[i], NULL, work, NULL);
    if (work == close_all) is_filtered(3);
    else say_filtered();
    for (int i = 0; i < 2000; i++) check();
    stop = 1;
    for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);
}

static void on_alarm(int signal) { alarms += signal == SIGALRM; }

static int next_descriptor(void)
{
    int next = dup(0);
    close(next);
    return next;
}

static void plain(void)
{
    sigset_t mask, after;
    pthread_t thread;
    int seen = 0, next = next_descriptor();
    sigprocmask(SIG_BLOCK, NULL, &mask);
    pthread_create(&thread, NULL, see, &seen);
    say_filtered();
    stop = 1;
    pthread_join(thread, NULL);
    sigprocmask(SIG_BLOCK, NULL, &after);
    if (memcmp(&mask, &after, 8) != 0) puts("wrong: the signal mask");
    if (next_descriptor() != next) puts("wrong: a descriptor is left");
    if (seen != filters()) puts("wrong: another thread has no filter");
    if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 0) puts("wrong: no_new_privs");
    /* What is not privcmd's goes to the kernel. */
    int other = open("/dev/null", O_RDWR);
    for (int i = 0; i < 3; i++) if (ioctl(other, HYPERCALL, NULL) != -1 || errno != ENOTTY) puts("wrong: /dev/null");
    if (fork() == 0) {
        for (int i = 0; i < 300; i++) check();
        printf("child %s\n", filters() > before ? "filter" : "none");
        fflush(stdout);
        char number[12];
        snprintf(number, sizeof number, "%d", fd);
        execl("/proc/self/exe", "busy-beside", "after-exec", number, NULL);
        _exit(1);
    }
    wait(NULL);
}

static void signals(void)
{
    struct sigaction action = {.sa_handler = on_alarm, .sa_flags = SA_RESTART};
    struct itimerval often = {{0, 300}, {0, 300}}, never = {{0, 0}, {0, 0}};
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &often, NULL);
    say_filtered();
    int seen = alarms;
    for (double end = now() + 20; alarms == seen && now() < end;) check();
    setitimer(ITIMER_REAL, &never, NULL);
    puts(alarms > seen ? "signals arrive" : "wrong: no signals");
}

/* A handler without SA_RESTART interrupts no call. */
static void interrupted(void)
{
    struct sigaction action = {.sa_handler = on_alarm}, other = {.sa_handler = on_alarm, .sa_flags = SA_RESTART};
    struct itimerval often = {{0, 300}, {0, 300}}, never = {{0, 0}, {0, 0}};
    sigaction(SIGUSR1, &other, NULL);
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &often, NULL);
    for (double end = now() + 1.5; now() < end || alarms < 500;) check();
    setitimer(ITIMER_REAL, &never, NULL);
    puts(filters() > before ? "filter" : "none");
    sigaction(SIGALRM, &other, NULL);
    say_filtered();
}

static void vforked(void)
{
    for (volatile int i = 0; i < 3; i++) {
        pid_t child = vfork();
        if (child == 0) {
            is_filtered(20);
            _exit(filters() > before ? 3 : 4);
        }
        int status = 0;
        waitpid(child, &status, 0);
        puts(WEXITSTATUS(status) == 3 ? "filter" : "none");
    }
    say_filtered();
}

/* So many processes one after the other, then so many at once. */
static void many(int count)
{
    for (int i = 0; i < count; i++) {
        if (fork() == 0) _exit(is_filtered(20) ? 0 : 1);
        int status = 0;
        wait(&status);
        if (status != 0) puts("wrong: one has none");
    }
    for (int i = 0; i < count; i++) {
        if (fork() > 0) continue;
        for (int j = 0; j < 500; j++) check();
        fflush(stdout);
        _exit(0);
    }
    while (wait(NULL) > 0) {}
    say_filtered();
}

int main(int argc, char **argv)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    const char *kind = argc > 2 ? argv[1] : "";
    if (strcmp(kind, "after-exec") == 0) {
        fd = atoi(argv[2]);
        for (int i = 0; i < 300; i++) check();
        printf("after exec %s\n", filters() > 0 ? "filter" : "none");
        return 0;
    }
    if (strcmp(kind, "listener-first") == 0) own_listener();
    fd = open(argv[2], O_RDWR);
    if (fd < 0) return perror(argv[2]), 1;
    before = filters();
    if (strcmp(kind, "listener-first") == 0) {
        for (int i = 0; i < 2000; i++) check();
        puts(filters() > before ? "filter" : "none");
    } else if (strcmp(kind, "light") == 0) {
        for (int i = 0; i < 20; i++) check();
        own_listener();
        for (int i = 0; i < 2000; i++) check();
        puts(filters() > before ? "filter" : "none");
    } else if (strcmp(kind, "filtered") == 0) {
        forbid_filters();
        for (int i = 0; i < 2000; i++) check();
        puts(filters() > before ? "filter" : "none");
    } else if (strcmp(kind, "plain") == 0) plain();
    else if (strcmp(kind, "signals") == 0) signals();
    else if (strcmp(kind, "interrupted") == 0) interrupted();
    else if (strcmp(kind, "vfork") == 0) vforked();
    else if (strcmp(kind, "many") == 0) many(argc > 3 ? atoi(argv[3]) : 20);
    else if (strcmp(kind, "calls") == 0) beside(call_on);
    else if (strcmp(kind, "descriptors") == 0) beside(descriptors);
    else if (strcmp(kind, "close") == 0) beside(close_all);
    else if (strcmp(kind, "forks") == 0) beside(fork_on);
    else return 2;
    return 0;
}
