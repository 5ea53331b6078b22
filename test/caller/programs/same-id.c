/*
 * A thread id that is reused by another program. A thread prints its id and an address at which its process has memory, and ends at the
 * next line of input; the process continues. A child with the same id, which has nothing mapped at that address, prints its own line and
 * stays. Choosing ids needs root.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/sched.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void *page;
static int id;

static void await_line(void)
{
    char byte;
    do
        if (read(0, &byte, 1) != 1) exit(0);
    while (byte != '\n');
}

static void *thread(void *nothing)
{
    id = syscall(SYS_gettid);
    printf("thread %d %lx\n", id, (unsigned long)page);
    fflush(stdout);
    await_line();
    return nothing;
}

int main(void)
{
    pthread_t first;
    page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    pthread_create(&first, NULL, thread, NULL);
    pthread_join(first, NULL);
    struct clone_args arguments = { .exit_signal = SIGCHLD, .set_tid = (uintptr_t)&id, .set_tid_size = 1 };
    int child;
    do /* pthread_join returns a moment before the id is free */
        child = syscall(SYS_clone3, &arguments, sizeof arguments);
    while (child < 0 && errno == EEXIST);
    if (child < 0) return perror("clone3"), 1;
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        munmap(page, 4096);
        printf("child %d\n", (int)getpid());
        fflush(stdout);
        pause();
    }
    await_line();
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    return 0;
}
