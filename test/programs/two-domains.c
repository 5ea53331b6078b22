/* two-domains COMMAND…: one end of a connection between two domains. The test checks each line on stdout.
 *   listen REMOTE        an unbound port for REMOTE; waits for an event, and sends one back
 *   call REMOTE PORT     binds to REMOTE's port, sends an event, and waits for its answer
 *   share REMOTE TEXT    a page with TEXT that REMOTE may map, until stdin ends
 *   look REMOTE REF      prints what is in REMOTE's page, and writes a mark to it
 *   wait                 blocks on a port that gets no event
 *   version, print TEXT  hypercalls */
#include "hypercall.h"
#include <sys/mman.h>
#include <xen/event_channel.h>
#include <xen/sys/evtchn.h>
#include <xen/sys/gntalloc.h>
#include <xen/sys/gntdev.h>

static int device(const char *name)
{
    char path[64];
    snprintf(path, sizeof path, "/dev/xen/%s", name);
    int fd = open(path, O_RDWR);
    if (fd < 0) {
        perror(path);
        exit(2);
    }
    return fd;
}

static void check(int ret, const char *what)
{
    if (ret >= 0) return;
    perror(what);
    exit(1);
}

static void await(int fd, int port)
{
    uint32_t got = 0;
    ssize_t n = read(fd, &got, sizeof got);
    check(n == sizeof got ? 0 : -1, "read");
    printf("event on port %s\n", (int)got == port ? "of its own" : "of another");
    check(write(fd, &got, sizeof got) == sizeof got ? 0 : -1, "unmask");
}

static void notify(int fd, int port)
{
    struct ioctl_evtchn_notify arg = { port };
    check(ioctl(fd, IOCTL_EVTCHN_NOTIFY, &arg), "notify");
}

static int listen_for(int remote, int answers)
{
    int fd = device("evtchn");
    struct ioctl_evtchn_bind_unbound_port arg = { remote };
    int port = ioctl(fd, IOCTL_EVTCHN_BIND_UNBOUND_PORT, &arg);
    check(port, "bind unbound");
    printf("port %d\n", port);
    await(fd, port);
    if (answers) notify(fd, port);
    return 0;
}

static int call_to(int remote, int remote_port)
{
    int fd = device("evtchn");
    struct ioctl_evtchn_bind_interdomain arg = { remote, remote_port };
    int port = ioctl(fd, IOCTL_EVTCHN_BIND_INTERDOMAIN, &arg);
    check(port, "bind interdomain");
    await(fd, port); /* binding leaves an event */
    notify(fd, port);
    await(fd, port);
    return 0;
}

static int share(int remote, const char *text)
{
    int fd = device("gntalloc");
    struct ioctl_gntalloc_alloc_gref arg = { .domid = remote, .flags = GNTALLOC_FLAG_WRITABLE, .count = 1 };
    check(ioctl(fd, IOCTL_GNTALLOC_ALLOC_GREF, &arg), "alloc");
    char *page = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, arg.index);
    check(page == MAP_FAILED ? -1 : 0, "mmap");
    strcpy(page, text);
    check(msync(page, 4096, MS_SYNC), "msync");
    printf("ref %u\n", arg.gref_ids[0]);
    while (getchar() != EOF) { }
    return 0;
}

static int look(int remote, int ref)
{
    int fd = device("gntdev");
    struct ioctl_gntdev_map_grant_ref arg = { .count = 1, .refs = { { .domid = remote, .ref = ref } } };
    check(ioctl(fd, IOCTL_GNTDEV_MAP_GRANT_REF, &arg), "map");
    char *page = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, arg.index);
    check(page == MAP_FAILED ? -1 : 0, "mmap");
    printf("page: %s\n", page);
    return 0;
}

int main(int argc, char **argv)
{
    setvbuf(stdout, 0, _IOLBF, 0);
    const char *what = argc > 1 ? argv[1] : "";
    int remote = argc > 2 ? atoi(argv[2]) : 0;
    if (!strcmp(what, "listen")) return listen_for(remote, 1);
    if (!strcmp(what, "wait")) return listen_for(0, 0);
    if (!strcmp(what, "call")) return call_to(remote, atoi(argv[3]));
    if (!strcmp(what, "share")) return share(remote, argv[3]);
    if (!strcmp(what, "look")) return look(remote, atoi(argv[3]));
    int fd = open_privcmd(O_RDWR);
    if (!strcmp(what, "version")) say("version", hypercall(fd, 17, 0, 0, 0));
    if (!strcmp(what, "print")) say("print", hypercall(fd, 18, 0, strlen(argv[2]), (uint64_t)argv[2]));
    return 0;
}
