/*
 * Processes of three busy threads each that are killed, stopped, or execute another program at any moment, also while Fauxen puts its filter
 * into them. `busy-storm PRIVCMD SECONDS` prints "0 wrong" if each answer was right, of them and of a process beside them, and every one ended.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PROCESSES 4
enum { KILL, EXEC, STOP, KINDS };

static const char *privcmd;
static int fd, *wrong;

static void check(int file)
{
    struct { uint64_t op, arg[5]; } call = {17, {0}};
    int got = ioctl(file, 0x305000UL, &call);
    if (got == (4 << 16 | 17)) return;
    printf("wrong: %d %s\n", got, got < 0 ? strerror(errno) : "");
    fflush(stdout);
    __atomic_add_fetch(wrong, 1, __ATOMIC_SEQ_CST);
}

static void *call_on(void *unused)
{
    for (;;) check(fd);
    return unused;
}

static void *execute(void *unused)
{
    usleep(rand() % 3000);
    execl("/proc/self/exe", "busy-storm", privcmd, NULL);
    return unused;
}

static void caller(int kind)
{
    pthread_t thread;
    srand(getpid());
    fd = open(privcmd, O_RDWR);
    if (kind == EXEC) pthread_create(&thread, NULL, execute, NULL);
    for (int i = 0; i < 2; i++) pthread_create(&thread, NULL, call_on, NULL);
    call_on(NULL);
}

static void signal_all(const pid_t *callers, int number)
{
    for (int i = 0; i < PROCESSES; i++) kill(callers[i], number);
}

int main(int argc, char **argv)
{
    privcmd = argv[1];
    wrong = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    int own = open(privcmd, O_RDWR), rounds = 0;
    if (argc < 3) { /* executed by a caller */
        for (int i = 0; i < 200; i++) check(own);
        return 0;
    }
    for (time_t end = time(NULL) + atoi(argv[2]); time(NULL) < end || rounds < KINDS; rounds++) {
        int kind = rounds % KINDS;
        pid_t callers[PROCESSES];
        for (int i = 0; i < PROCESSES; i++) if ((callers[i] = fork()) == 0) caller(kind);
        usleep(rand() % 6000 + (kind == EXEC ? 20000 : 0));
        if (kind == STOP) {
            signal_all(callers, SIGSTOP);
            usleep(rand() % 2000);
            signal_all(callers, SIGCONT);
            usleep(rand() % 3000);
        }
        signal_all(callers, SIGKILL);
        for (int i = 0; i < PROCESSES; i++) waitpid(callers[i], NULL, 0);
        for (int i = 0; i < 3; i++) check(own);
    }
    printf("%d wrong\n", *wrong);
    return *wrong != 0;
}
