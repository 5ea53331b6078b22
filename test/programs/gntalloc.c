/* gntalloc: shared pages in both directions, what each ioctl refuses, when a page is freed, and who is notified. */
#include "foreign.h"
#include <poll.h>
#include <xen/sys/gntalloc.h>
#include <xen/sys/gntdev.h>
#include <xenevtchn.h>
#include <xengnttab.h>

#define LIMIT 1024

static int device;
static xengnttab_handle *grants;
static union { struct ioctl_gntalloc_alloc_gref op; char room[16 + 4 * (LIMIT + 1)]; } request;

static int alloc(int domid, int flags, unsigned count)
{
    request.op = (struct ioctl_gntalloc_alloc_gref){ .domid = domid, .flags = flags, .count = count };
    return ioctl(device, IOCTL_GNTALLOC_ALLOC_GREF, &request) ? -errno : 0;
}

static int give(uint64_t index, unsigned count)
{
    struct ioctl_gntalloc_dealloc_gref op = { .index = index, .count = count };
    return ioctl(device, IOCTL_GNTALLOC_DEALLOC_GREF, &op) ? -errno : 0;
}

static int notify(uint64_t index, unsigned action, unsigned port)
{
    struct ioctl_gntalloc_unmap_notify op = { .index = index, .action = action, .event_channel_port = port };
    return ioctl(device, IOCTL_GNTALLOC_SET_UNMAP_NOTIFY, &op) ? -errno : 0;
}

static char *map_ours(uint64_t index, unsigned long count, int flags)
{
    char *at = mmap(0, count * PAGE, PROT_READ | PROT_WRITE, flags, device, index);
    return at == MAP_FAILED ? (char *)(long)-errno : at;
}

/* Prints a line for each call that is not refused as in Linux's drivers/xen/gntalloc.c. */
static void refusals(void)
{
    IS(ioctl(device, 0x4799, 0) == -1 ? errno : 0, ENOTTY);
    IS(ioctl(device, IOCTL_GNTALLOC_ALLOC_GREF, 8) == -1 ? errno : 0, EFAULT);
    IS(ioctl(device, IOCTL_GNTALLOC_DEALLOC_GREF, 8) == -1 ? errno : 0, EFAULT);
    IS(ioctl(device, IOCTL_GNTALLOC_SET_UNMAP_NOTIFY, 8) == -1 ? errno : 0, EFAULT);
    IS(alloc(0, 1, LIMIT + 1), -ENOSPC);
    IS(alloc(0, 1, 0xffffffff), -ENOMEM);
    IS(alloc(0, 1, 0), 0);
    IS(give(0, 0), -EINVAL);
    IS(give(0, 1), -EINVAL);
    IS(notify(0, 0, 0), -ENOENT);
    IS(alloc(0x7fff, 1, 2), 0); /* whether there is such a domain is its business */
    uint64_t index = request.op.index;
    IS(map_ours(index, 3, MAP_SHARED), -ENOENT);
    IS(alloc(0, 1, 1), 0);
    IS(map_ours(request.op.index, 1ul << 28, MAP_SHARED), -ENOENT);
    IS(give(request.op.index, 1), 0);
    IS(alloc(0, 1, 1), 0);
    IS(map_ours(request.op.index, 1, MAP_PRIVATE), -EINVAL);
    IS(give(request.op.index, 1), 0);
    IS(notify(index + PAGE + 17, 4, 0), -EINVAL);
    IS(notify(index + PAGE + 17, UNMAP_NOTIFY_SEND_EVENT, 77), -EINVAL);
    IS(notify(index + PAGE + 17, UNMAP_NOTIFY_CLEAR_BYTE, 77), 0);
    IS(give(index + 1, 1), -EINVAL);
    IS(give(index, 3), -EINVAL);
    IS(give(index, 2), 0);
    IS(give(index, 2), -EINVAL);
    IS(notify(index, 0, 0), -ENOENT);
    /* A list of references that cannot be written. */
    char *edge = mmap(0, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    munmap(edge + PAGE, PAGE);
    struct ioctl_gntalloc_alloc_gref *op = (void *)(edge + PAGE - sizeof(*op));
    *op = (struct ioctl_gntalloc_alloc_gref){ .flags = 1, .count = 100 };
    IS(ioctl(device, IOCTL_GNTALLOC_ALLOC_GREF, op) == -1 ? errno : 0, EFAULT);
}

/* All pages shared so far are free again. */
static void all_free(void)
{
    IS(alloc(0, 1, LIMIT), 0);
    IS(give(request.op.index, LIMIT), 0);
    close(device);
    device = open("/dev/xen/gntalloc", O_RDWR);
    IS(alloc(0, 1, LIMIT), 0);
    close(device);
    device = open("/dev/xen/gntalloc", O_RDWR);
    IS(alloc(0, 1, 1), 0);
    close(device);
    device = open("/dev/xen/gntalloc", O_RDWR);
}

static void both_ways(void)
{
    IS(alloc(0, GNTALLOC_FLAG_WRITABLE, 4), 0);
    uint64_t index = request.op.index;
    uint32_t refs[4];
    memcpy(refs, request.op.gref_ids, sizeof(refs));
    char *ours = map_ours(index, 4, MAP_SHARED);
    IS((long)ours > 0, 1);
    for (unsigned i = 0; i < 4 * PAGE; i++) if (ours[i]) { IS(ours[i], 0); break; }
    strcpy(ours + 2 * PAGE, "before it was mapped");
    char *theirs = xengnttab_map_domain_grant_refs(grants, 4, 0, refs, PROT_READ | PROT_WRITE);
    IS(theirs != 0, 1);
    IS(strcmp(theirs + 2 * PAGE, "before it was mapped"), 0);
    volatile unsigned *a = (void *)(ours + 3 * PAGE), *b = (void *)(theirs + 3 * PAGE);
    unsigned wrong = 0;
    for (unsigned i = 1; i < 100000; i++) {
        *a = i; wrong += *b != i;
        *b = ~i; wrong += *a != ~i;
    }
    IS(wrong, 0);
    IS(give(index, 4), 0); /* as libxengntshr does: mapped pages stay */
    strcpy(ours, "given back, and still there");
    IS(strcmp(theirs, "given back, and still there"), 0);
    IS(alloc(0, 1, LIMIT - 3), -ENOSPC);
    munmap(ours, 4 * PAGE);
    IS(alloc(0, 1, LIMIT - 3), -ENOSPC); /* the other side has them still */
    IS(strcmp(theirs, "given back, and still there"), 0);
    IS(xengnttab_unmap(grants, theirs, 4), 0);
    all_free();

    IS(alloc(0, 0, 1), 0);
    ours = map_ours(request.op.index, 1, MAP_SHARED);
    uint32_t ref = request.op.gref_ids[0];
    IS(xengnttab_map_grant_ref(grants, 0, ref, PROT_READ | PROT_WRITE) == 0, 1);
    IS(errno, EINVAL);
    char *readable = xengnttab_map_grant_ref(grants, 0, ref, PROT_READ);
    IS(readable != 0, 1);
    if (!readable) return;
    strcpy(ours, "for reading");
    IS(strcmp(readable, "for reading"), 0);
    IS(mprotect(readable, PAGE, PROT_READ), 0);
    IS(xengnttab_unmap(grants, readable, 1), 0);
    munmap(ours, PAGE);
    close(device);
    device = open("/dev/xen/gntalloc", O_RDWR);
    all_free();
}

struct told { uint32_t ref, port; };

/* Shares a page with a notification, prints its reference, and waits to be killed. */
static void server(int out)
{
    struct told told;
    xengntshr_handle *shares = xengntshr_open(0, 0);
    xenevtchn_handle *events = xenevtchn_open(0, 0);
    told.port = xenevtchn_bind_unbound_port(events, 0);
    char *page = xengntshr_share_page_notify(shares, 0, &told.ref, 1, 100, told.port);
    if (!page) { perror("share"); _exit(1); }
    memset(page, 7, PAGE);
    if (write(out, &told, sizeof(told)) < 0) _exit(1);
    pause();
}

/* The port of the next event, or -1. */
static int event_within(xenevtchn_handle *events, int seconds)
{
    struct pollfd poller = { .fd = xenevtchn_fd(events), .events = POLLIN };
    return poll(&poller, 1, seconds * 1000) == 1 ? xenevtchn_pending(events) : -1;
}

/* When a process that shares a page is killed, the byte is cleared and the event sent, in any order of closing its files. */
static void killed(void)
{
    int pipes[2];
    if (pipe(pipes)) { perror("pipe"); exit(1); }
    pid_t child = fork();
    if (child == 0) server(pipes[1]);
    struct told told = { 0 };
    IS(read(pipes[0], &told, sizeof(told)), sizeof(told));
    xenevtchn_handle *events = xenevtchn_open(0, 0);
    int port = xenevtchn_bind_interdomain(events, 0, told.port);
    IS(port > 0, 1);
    IS(event_within(events, 20), port); /* a new channel has one */
    IS(xenevtchn_unmask(events, port), 0);
    char *page = xengnttab_map_grant_ref(grants, 0, told.ref, PROT_READ | PROT_WRITE);
    IS(page != 0, 1);
    IS(page[100], 7);
    kill(child, SIGKILL);
    waitpid(child, 0, 0);
    IS(event_within(events, 20), port);
    IS(page[100], 0);
    IS(page[99], 7);
    IS(page[101], 7);
    IS(xengnttab_unmap(grants, page, 1), 0);
    xenevtchn_close(events);
    all_free();
}

/* The other direction: a process maps and unmaps with a notification, with a port that is closed meanwhile. */
static void mapper_notifies(void)
{
    xenevtchn_handle *ours = xenevtchn_open(0, 0), *theirs = xenevtchn_open(0, 0);
    int port = xenevtchn_bind_unbound_port(ours, 0);
    int other = xenevtchn_bind_interdomain(theirs, 0, port);
    IS(alloc(0, 1, 1), 0);
    char *page = map_ours(request.op.index, 1, MAP_SHARED);
    memset(page, 7, PAGE);
    char *mapped = xengnttab_map_grant_ref_notify(grants, 0, request.op.gref_ids[0], PROT_READ | PROT_WRITE, 5, other);
    IS(mapped != 0, 1);
    struct ioctl_gntdev_unmap_notify wrong = { .index = 0, .action = UNMAP_NOTIFY_SEND_EVENT, .event_channel_port = 999 };
    IS(ioctl(xengnttab_fd(grants), IOCTL_GNTDEV_SET_UNMAP_NOTIFY, &wrong) == -1, 1);
    xenevtchn_close(theirs); /* the notification holds the port */
    IS(xengnttab_unmap(grants, mapped, 1), 0);
    IS(event_within(ours, 20), port);
    IS(page[5], 0);
    IS(page[6], 7);
    xenevtchn_close(ours);
    munmap(page, PAGE);
}

/* How many mappings of a file there are in this process. */
static int mappings_of(const char *path)
{
    char line[4096];
    int count = 0;
    FILE *maps = fopen("/proc/self/maps", "r");
    while (maps && fgets(line, sizeof(line), maps)) count += strstr(line, path) != NULL;
    if (maps) fclose(maps);
    return count;
}

/* Linux's gntdev's answer to an mmap that does not match what was prepared: an error, and no mapping. */
static void wrong_maps(void)
{
    IS(alloc(0, 1, 1), 0);
    int gntdev = open("/dev/xen/gntdev", O_RDWR);
    static const struct { unsigned pages; int flags, result; } tries[] = {
        { 2, MAP_SHARED, EINVAL }, { 1, MAP_PRIVATE, EINVAL }, { 1, MAP_SHARED, 0 },
    };
    for (int i = 0; i < 3; i++) {
        struct ioctl_gntdev_map_grant_ref map = { .count = 1, .refs = { { .domid = 0, .ref = request.op.gref_ids[0] } } };
        IS(ioctl(gntdev, IOCTL_GNTDEV_MAP_GRANT_REF, &map), 0);
        void *at = mmap(0, tries[i].pages * PAGE, PROT_READ | PROT_WRITE, tries[i].flags, gntdev, map.index);
        IS(at == MAP_FAILED ? errno : 0, tries[i].result);
        if (tries[i].result != 0) IS(mappings_of("/xen/gntdev"), 0);
    }
    close(gntdev);
}

/* A program may wait for another process between the ioctl and its mmap, and loses nothing. */
static void waits_before_mmap(void)
{
    static char buffer[3 * PAGE];
    int pipes[2];
    if (pipe(pipes) || fcntl(pipes[1], F_SETPIPE_SZ, PAGE) < 0) { perror("pipe"); exit(1); }
    IS(write(pipes[1], buffer, PAGE), PAGE);
    pid_t child = fork();
    if (child == 0) {
        long all = 0, got;
        close(pipes[1]);
        sleep(1);
        while ((got = read(pipes[0], buffer, sizeof(buffer))) > 0) all += got;
        _exit(all != 4 * PAGE);
    }
    int allocated = alloc(0, 1, 1);
    long written = write(pipes[1], buffer, sizeof(buffer));
    char *at = map_ours(request.op.index, 1, MAP_SHARED);
    at[0] = 1;
    close(pipes[1]);
    int status = -1;
    waitpid(child, &status, 0);
    IS(allocated, 0);
    IS(written, sizeof(buffer));
    IS(status, 0);
}

int main(void)
{
    alarm(50);
    device = open("/dev/xen/gntalloc", O_RDWR);
    grants = xengnttab_open(0, 0);
    if (device < 0 || !grants) { perror("gntalloc, gntdev"); return 1; }
    refusals();
    all_free();
    both_ways();
    killed();
    mapper_notifies();
    wrong_maps();
    waits_before_mmap();
    puts("done");
    return 0;
}
