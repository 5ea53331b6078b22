/* ioctls DEVICE COUNT: calls each ioctl of fixtures/ioctl-server.ts with raw system calls, while four threads are busy and a timer
 * sends signals. Ends with a line "exact N wide N page TEXT waited N signals N", or "wrong COMMAND RESULT". */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static volatile int signals;
static void on_signal(int number) { (void)number; signals++; }

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

static long raw_ioctl(int fd, unsigned command, void *argument)
{
    long returned;
#ifdef __x86_64__
    __asm__ volatile("syscall" : "=a"(returned) : "0"((long)SYS_ioctl), "D"((long)fd), "S"((long)command), "d"(argument) : "rcx", "r11", "memory");
#else
    __asm__ volatile("int $0x80" : "=a"(returned) : "0"(SYS_ioctl), "b"(fd), "c"(command), "d"(argument) : "memory");
#endif
    return returned;
}

static int expect(int fd, unsigned command, void *argument, long expected, int count)
{
    for (int i = 0; i < count; i++) {
        long returned = raw_ioctl(fd, 0x5000 | command, argument);
        if (returned == expected) continue;
        printf("wrong %u %ld\n", command, returned);
        exit(1);
    }
    return count;
}

int main(int argc, char **argv)
{
    int fd = open(argv[1], O_RDWR), count = atoi(argv[2]);
    (void)argc;
    if (fd < 0) { perror(argv[1]); return 1; }
    for (int i = 0; i < 4; i++) {
        pthread_t thread;
        sigset_t all, before;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before);
        pthread_create(&thread, 0, busy, 0);
        pthread_sigmask(SIG_SETMASK, &before, 0);
    }
    int exact = expect(fd, 1, 0, -38, count);
    int wide = expect(fd, 2, 0, (long)0x123456789abcdef0ull, 50);
    char *page = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    char *other = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    expect(fd, 3, page, 0, 1);
    expect(fd, 3, other, 0, 1);
    printf("page %s\n", page);
    strcpy(page, "shared");
    struct sigaction action = { .sa_handler = on_signal, .sa_flags = SA_RESTART };
    sigaction(SIGALRM, &action, 0);
    struct itimerval often = { { 0, 700 }, { 0, 700 } };
    setitimer(ITIMER_REAL, &often, 0);
    int waited = expect(fd, 4, 0, -38, 300);
    for (int i = 0; i < 20; i++) expect(fd, 3, page, 0, 1);
    printf("exact %d wide %d page %s waited %d signals %d\n", exact, wide, other, waited, signals);
    return 0;
}
