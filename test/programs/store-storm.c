/*
 * store-storm SECONDS KIND...: xenbus clients that may disturb others, each kind in a separate process. `watches` sets as many watches as
 * possible on one path, writes to that path, and never reads; `reads` does the same and reads the events; `transactions` leaves
 * transactions open; `long` sends paths and values of the maximum length and longer; `opens` opens the file repeatedly and never closes
 * it. Meanwhile another process makes hypercalls and xenbus requests. Prints the results of its calls and requests, and on stderr the
 * longest waits and how much the others did.
 */
#define _GNU_SOURCE
#include "hypercall.h"
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

enum { XS_READ = 2, XS_WATCH = 4, XS_TRANSACTION_START = 6, XS_WRITE = 11, XS_WATCH_EVENT = 15, XS_ERROR = 16 };
struct header { uint32_t type, id, transaction, length; };

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static int open_xenbus(int flags)
{
    return open("/dev/xen/xenbus", O_RDWR | flags);
}

/* Sends a request; 0 or -errno. */
static int send_request(int fd, uint32_t type, const char *payload, size_t length)
{
    static char message[1 << 17];
    *(struct header *)message = (struct header){ type, 1, 0, length };
    memcpy(message + sizeof(struct header), payload, length);
    return write(fd, message, sizeof(struct header) + length) < 0 ? -errno : 0;
}

/* The type of the next message, whose payload goes to `payload`. */
static int receive(int fd, char *payload, size_t room)
{
    struct header header;
    for (size_t have = 0, got; have < sizeof header; have += got)
        if ((got = read(fd, (char *)&header + have, sizeof header - have)) == (size_t)-1) return -errno;
    for (size_t have = 0, got; have < header.length; have += got)
        if (header.length > room || (got = read(fd, payload + have, header.length - have)) == (size_t)-1) return -errno;
    return header.type;
}

/* The process that must not be disturbed. */
static void others(double end)
{
    char text[64], payload[4096];
    double worst = 0;
    int done = 0, wrong = 0, fd = open_privcmd(O_RDWR);
    pid_t pid = fork();
    while (now() < end) {
        double start = now();
        if (pid) {
            wrong += hypercall(fd, __HYPERVISOR_xen_version, 0, 0, 0) != (4 << 16 | 17);
        } else {
            int store = open_xenbus(0), length = sprintf(text, "/storm/other%c%d", 0, done);
            wrong += store < 0 || send_request(store, XS_WRITE, text, length) || receive(store, payload, sizeof payload) != XS_WRITE;
            wrong += send_request(store, XS_READ, "/storm/other", 13) || receive(store, payload, sizeof payload) != XS_READ;
            wrong += atoi(payload) != done;
            close(store);
        }
        done++;
        if (now() - start > worst) worst = now() - start;
        usleep(1000);
    }
    fprintf(stderr, "%s took %.0f ms at most\n", pid ? "a call" : "a request", worst * 1e3);
    printf("others' %s: %s, %d wrong\n", pid ? "calls" : "requests", done ? "some" : "none", wrong);
    fflush(stdout);
    if (pid) waitpid(pid, NULL, 0);
    _exit(0);
}

static void watches(double end, int reads)
{
    int fd = open_xenbus(0), set = 0, result = 0;
    char text[64], payload[4096];
    struct pollfd poller = { fd, POLLIN, 0 };
    for (; set < 20000 && now() < end - 2 && !result; set++) {
        result = send_request(fd, XS_WATCH, text, sprintf(text, "/storm/own%c%d", 0, set) + 1);
        while (reads && poll(&poller, 1, 0) > 0) receive(fd, payload, sizeof payload);
    }
    fprintf(stderr, "%d watches, the last: %s\n", set, strerror(-result));
    int writer = open_xenbus(0), written = 0;
    while (now() < end) {
        if (send_request(writer, XS_WRITE, text, sprintf(text, "/storm/own%c%d", 0, written)) == 0) {
            receive(writer, payload, sizeof payload);
            written++;
        }
        while (reads && poll(&poller, 1, 0) > 0 && now() < end) read(fd, payload, sizeof payload);
    }
    fprintf(stderr, "%d writes\n", written);
}

static void transactions(double end)
{
    int fd = open_xenbus(0), begun = 0;
    char payload[4096];
    while (now() < end && begun < 5000 && send_request(fd, XS_TRANSACTION_START, "", 1) == 0) {
        if (receive(fd, payload, sizeof payload) != XS_TRANSACTION_START) break;
        begun++;
    }
    fprintf(stderr, "%d transactions are open\n", begun);
    while (now() < end) usleep(10000);
}

static void too_long(double end)
{
    static char text[1 << 16];
    int fd = open_xenbus(0), other = open_xenbus(0), sent = 0;
    char payload[4096];
    memset(text, 'x', sizeof text);
    memcpy(text, "/storm/", 7);
    for (; now() < end; sent++) {
        int lengths[] = { 1024, 2000, 3071, 3072, 4000, 4080, 4081, 5000, 60000 };
        int length = lengths[sent % 9];
        text[length < 4080 ? length - 1 : 3000] = 0;
        if (send_request(fd, XS_WRITE, text, length) == 0) receive(fd, payload, sizeof payload);
        text[length < 4080 ? length - 1 : 3000] = 'x';
        struct header header = { XS_WRITE, 1, sent, 0xffffffffu - sent };
        if (write(other, &header, 1 + sent % 16) < 0 && errno != E2BIG && errno != EINVAL) perror("a part of a header");
    }
    fprintf(stderr, "%d long messages\n", sent);
}

static void opens(double end)
{
    struct rlimit most;
    getrlimit(RLIMIT_NOFILE, &most);
    most.rlim_cur = most.rlim_max;
    setrlimit(RLIMIT_NOFILE, &most);
    int opened = 0;
    char payload[4096];
    for (int fd; now() < end && opened < 1000 && (fd = open_xenbus(0)) >= 0; opened++)
        if (send_request(fd, XS_READ, "/storm/other", 13) == 0) receive(fd, payload, sizeof payload);
    fprintf(stderr, "%d files are open\n", opened);
    while (now() < end) usleep(10000);
}

int main(int argc, char **argv)
{
    double end = now() + atof(argv[1]);
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (fork() == 0) others(end);
    for (int i = 2; i < argc; i++) {
        if (fork() != 0) continue;
        if (strcmp(argv[i], "watches") == 0) watches(end, 0);
        if (strcmp(argv[i], "reads") == 0) watches(end, 1);
        if (strcmp(argv[i], "transactions") == 0) transactions(end);
        if (strcmp(argv[i], "long") == 0) too_long(end);
        if (strcmp(argv[i], "opens") == 0) opens(end);
        _exit(0);
    }
    while (wait(NULL) > 0) continue;
    return 0;
}
