/* Blocks in read(2) on a pipe that nobody writes to, and prints what the kernel returned. Raw system calls: no C library
 * comes between. reader COUNT THREADS: counts the reads that returned exactly -38, ends after COUNT of them, with THREADS
 * other threads that are busy. A line "ready TID ADDRESS" at first, of a
 * counter that is raised before each read; at the end "exact N other M signals S value V". */
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static volatile int signals, value;
static volatile unsigned begun;
static void on_signal(int number, siginfo_t *info, void *context)
{
    (void)number; (void)context;
    signals++;
    value = info->si_value.sival_int;
}

static void *busy(void *unused)
{
    (void)unused;
    for (;;) {
        struct timespec pause = { 0, 200000 };
        for (volatile int i = 0; i < 20000; i++)
            ;
        nanosleep(&pause, 0);
    }
    return 0;
}

static long raw_read(int fd, void *into, long length)
{
    long returned;
#ifdef __x86_64__
    __asm__ volatile("syscall" : "=a"(returned) : "0"((long)SYS_read), "D"((long)fd), "S"(into), "d"(length) : "rcx", "r11", "memory");
#else
    __asm__ volatile("int $0x80" : "=a"(returned) : "0"(SYS_read), "b"(fd), "c"(into), "d"(length) : "memory");
#endif
    return returned;
}

int main(int argc, char **argv)
{
    int fds[2], exact = 0, other = 0, count = atoi(argv[1]);
    long last = 0;
    char byte;
    struct sigaction action = { .sa_sigaction = on_signal, .sa_flags = SA_SIGINFO | SA_RESTART };
    (void)argc;
    sigaction(SIGUSR1, &action, 0);
    if (pipe(fds)) return 1;
    for (int i = atoi(argv[2]); i > 0; i--) {
        pthread_t thread;
        pthread_create(&thread, 0, busy, 0);
    }
    printf("ready %ld %lx\n", (long)syscall(SYS_gettid), (unsigned long)&begun);
    fflush(stdout);
    while (exact < count) {
        begun++;
        long returned = raw_read(fds[0], &byte, 1);
        if (returned == -38) exact++;
        else { other++; last = returned; }
        if (other > count) break;
    }
    printf("exact %d other %d last %ld signals %d value %d\n", exact, other, last, signals, value);
    return 0;
}
