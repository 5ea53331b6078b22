/* Threads, forked children and passed descriptors; each answer is checked here. Prints "wrong: N". */
#include "hypercall.h"
#include <pthread.h>
#include <sys/socket.h>
#include <sys/wait.h>

enum { THREADS = 8, CALLS = 500 };
static int fd;

static void *work(void *arg)
{
    long wrong = 0;
    for (int i = 0; i < CALLS; i++) {
        errno = 0;
        if (i % 50 == 0) wrong += !(hypercall(fd, 77, 0, 0, 0) == -1 && errno == ENOSYS);
        else wrong += hypercall(fd, 17, 0, 0, 0) != 0x40011;
    }
    return (void *)wrong;
}

static int receive(int from)
{
    char byte, control[CMSG_SPACE(sizeof(int))];
    struct iovec iov = { &byte, 1 };
    struct msghdr message = { .msg_iov = &iov, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control };
    int got = -1;
    if (recvmsg(from, &message, 0) == 1) memcpy(&got, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof got);
    return got;
}

static void pass(int to, int which)
{
    char byte = 0, control[CMSG_SPACE(sizeof(int))] = { 0 };
    struct iovec iov = { &byte, 1 };
    struct msghdr message = { .msg_iov = &iov, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control };
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(sizeof which);
    memcpy(CMSG_DATA(head), &which, sizeof which);
    sendmsg(to, &message, 0);
}

int main(void)
{
    pthread_t threads[THREADS];
    long wrong = 0;
    int pair[2], status;

    fd = open_privcmd(O_RDWR);
    for (int i = 0; i < THREADS; i++) pthread_create(&threads[i], NULL, work, NULL);
    for (int i = 0; i < THREADS; i++) {
        void *each;
        pthread_join(threads[i], &each);
        wrong += (long)each;
    }
    if (fork() == 0) _exit(work(NULL) != NULL);
    wait(&status);
    wrong += status != 0;

    socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
    if (fork() == 0) {
        close(fd);
        fd = receive(pair[1]);
        _exit(hypercall(fd, 17, 0, 0, 0) != 0x40011);
    }
    pass(pair[0], fd);
    wait(&status);
    wrong += status != 0;
    if (fork() == 0) {
        if (setuid(65534) != 0) _exit(3);
        _exit(hypercall(fd, 17, 0, 0, 0) != 0x40011); /* who opened it counts, not who calls */
    }
    wait(&status);
    wrong += status != 0;
    printf("wrong: %ld\n", wrong);
    return wrong != 0;
}
