/* xenbus from C: `xenbus alone` where no xenstored runs, `xenbus store` where one does. Prints a line for each check. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <stdint.h>
#include <unistd.h>
#include <xen/io/xs_wire.h>
#include <xen/sys/xenbus_dev.h>

static void say(const char *what, long result)
{
    if (result < 0)
        printf("%s: %s\n", what, strerror(errno));
    else
        printf("%s: %ld\n", what, result);
    fflush(stdout);
}

static int open_bus(int flags)
{
    int fd = open("/dev/xen/xenbus", O_RDWR | flags);
    if (fd < 0) {
        perror("/dev/xen/xenbus");
        exit(1);
    }
    return fd;
}

static long ask(int fd, int type, int tx, const void *payload, unsigned length)
{
    char buffer[8192];
    struct xsd_sockmsg header = { .type = type, .req_id = 7, .tx_id = tx, .len = length };
    memcpy(buffer, &header, sizeof header);
    memcpy(buffer + sizeof header, payload, length);
    return write(fd, buffer, sizeof header + length);
}

/* Reads a message and prints it; returns the number in its payload. */
static long hear(const char *what, int fd)
{
    struct xsd_sockmsg header;
    char payload[4097];
    unsigned got = 0;
    if (read(fd, &header, sizeof header) != sizeof header) {
        say(what, -1);
        return -1;
    }
    while (got < header.len) {
        ssize_t n = read(fd, payload + got, header.len - got);
        if (n <= 0) {
            say(what, -1);
            return -1;
        }
        got += n;
    }
    payload[got] = 0;
    if (header.type == XS_TRANSACTION_START) {
        printf("%s: type %u req %u\n", what, header.type, header.req_id);
    } else {
        printf("%s: type %u req %u \"", what, header.type, header.req_id);
        for (unsigned i = 0; i < got; i++)
            if (payload[i])
                putchar(payload[i]);
            else
                printf("\\0");
        printf("\"\n");
    }
    fflush(stdout);
    return strtol(payload, NULL, 10);
}

static void on_alarm(int signal) { (void)signal; }

static void refusals(void)
{
    static char big[5000];
    struct xsd_sockmsg header = { .type = XS_READ, .len = 4081 };
    struct sigaction action = { .sa_handler = on_alarm };
    struct pollfd ready;
    int fd = open_bus(O_NONBLOCK);
    say("read with nothing there", read(fd, big, 16));
    ready = (struct pollfd){ .fd = fd, .events = POLLIN | POLLOUT };
    say("poll", poll(&ready, 1, 0));
    say("more than a page", write(fd, big, 4097));
    say("length too long", write(fd, &header, sizeof header));
    say("half a header", write(fd, &header, 8));
    say("then too much", write(fd, big, 4090));
    say("watch without token", ask(fd, XS_WATCH, 0, "/a", 3));
    say("watch without end", ask(fd, XS_WATCH, 0, "/a\0t", 4));
    say("unknown transaction", ask(fd, XS_READ, 99, "/a", 3));
    hear("reply", fd);
    say("poll", poll(&ready, 1, 0));
    say("seek", lseek(fd, 0, SEEK_SET));
    say("ioctl", ioctl(fd, IOCTL_XENBUS_BACKEND_EVTCHN));
    close(fd);
    fd = open_bus(0);
    sigaction(SIGALRM, &action, NULL);
    alarm(1);
    say("interrupted read", read(fd, big, 16));
    close(fd);
}

static void backend(int alone)
{
    char text[16] = "";
    int ports = open("/proc/xen/xsd_port", O_RDONLY);
    int fd = open("/dev/xen/xenbus_backend", O_RDWR);
    int port, made;
    char *page;
    say("xsd_port", read(ports, text, sizeof text - 1) > 0);
    port = ioctl(fd, IOCTL_XENBUS_BACKEND_EVTCHN);
    printf("the same port: %d\n", port == atoi(text));
    say("unknown", ioctl(fd, 0x4202));
    made = ioctl(fd, IOCTL_XENBUS_BACKEND_SETUP, 1L);
    if (made < 0)
        say("setup", made);
    else
        printf("a new port: %d, told: %d\n", made > 0, ioctl(fd, IOCTL_XENBUS_BACKEND_EVTCHN) == made);
    page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (page == MAP_FAILED) {
        say("mmap", -1);
        return;
    }
    page[1] = 'x';
    munmap(page, 4096);
    if (!alone) /* xenstored has that page mapped, and the kernel keeps what it has */
        return;
    page = mmap(NULL, 4096, PROT_READ, MAP_SHARED, open("/proc/xen/xsd_kva", O_RDWR), 0);
    printf("page, in xsd_kva: %c\n", page == MAP_FAILED ? '?' : page[1]);
}

static void store(void)
{
    char path[] = "/tool/xenbus-test\0value";
    struct pollfd ready;
    int fd = open_bus(0), other = open_bus(0);
    long tx;
    say("write", ask(fd, XS_WRITE, 0, path, sizeof path - 1));
    hear("written", fd);
    ask(fd, XS_READ, 0, path, strlen(path) + 1);
    hear("read", fd);
    ask(fd, XS_READ, 0, "/nothing", 9);
    hear("of nothing", fd);

    say("watch", ask(other, XS_WATCH, 0, "/tool\0mine", 11));
    hear("watching", other);
    hear("at once", other);
    ask(fd, XS_MKDIR, 0, "/tool/xenbus-test/a", 20);
    hear("made", fd);
    ready = (struct pollfd){ .fd = other, .events = POLLIN };
    say("poll", poll(&ready, 1, 20000));
    hear("event", other);
    say("bad watch", ask(other, XS_WATCH, 0, "/a//b\0t", 8));
    ask(other, XS_UNWATCH, 0, "/tool\0mine", 11);
    hear("no longer", other);

    ask(fd, XS_TRANSACTION_START, 0, "", 1);
    tx = hear("begun", fd);
    ask(fd, XS_WRITE, tx, "/tool/xenbus-test/b\0in", 22);
    hear("in it", fd);
    ask(other, XS_READ, 0, "/tool/xenbus-test/b", 20);
    hear("outside", other);
    ask(fd, XS_TRANSACTION_END, tx, "T", 2);
    hear("ended", fd);
    ask(other, XS_READ, 0, "/tool/xenbus-test/b", 20);
    hear("outside", other);

    ask(fd, XS_TRANSACTION_START, 0, "", 1);
    tx = hear("begun", fd);
    ask(fd, XS_RM, tx, "/tool/xenbus-test", 18);
    hear("in it", fd);
    close(fd); /* in the middle */
    ask(other, XS_READ, 0, path, strlen(path) + 1);
    hear("given up", other);
    close(other);
}

int main(int argc, char **argv)
{
    int alone = argc > 1 && strcmp(argv[1], "alone") == 0;
    refusals();
    backend(alone);
    if (!alone)
        store();
    return 0;
}
