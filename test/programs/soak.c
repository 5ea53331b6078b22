/*
 * soak RECORD ID [alone]: calls of many kinds, each result checked, until told to stop. RECORD is a file of 64-bit words that outlives
 * this program however it ends; see enum. `say` is called with the same number until it succeeds. When the daemon has ended, calls
 * fail: then privcmd is reopened until there is a daemon or, with `alone`, this program ends. A call answers EIO while another
 * caller's copy is stuck: it was refused.
 */
#include "hypercall.h"
#include <sys/mman.h>
#include <xen/event_channel.h>

enum { STOP, CALLS, WRONG, BYTES, WRONG_BYTES, TOLD, CUT_OFF, LAST_KIND, LAST_RESULT, LAST_ERRNO, REFUSED, WORDS };
/* The header's name for 32 means 16 without an interface version. */
enum { SAY = 61, TURN = 60, NOBODY = 63, EVENT_CHANNEL_OP = 32 };

static volatile uint64_t *record;
static int fd = -1, alone;

static int gone(int error)
{
    return error == ENOTCONN || error == ECONNABORTED || error == ENODEV || (alone && (error == ENOSYS || error == EIO));
}

/* Whether a live daemon answered the call; a wrong answer is recorded. */
static int expect(int kind, int result, int error, int good)
{
    if (result < 0 && gone(error) && !(kind == NOBODY && error == ENOSYS && !alone)) {
        record[CUT_OFF]++;
        if (alone && kind != NOBODY) exit(0);
        if (!alone) {
            close(fd);
            fd = -1;
        }
        return 0;
    }
    if (result < 0 && error == EIO) {
        record[REFUSED]++;
        return 0;
    }
    record[CALLS]++;
    if (good) return 1;
    record[WRONG]++;
    record[LAST_KIND] = kind;
    record[LAST_RESULT] = result;
    record[LAST_ERRNO] = error;
    return 0;
}

static void turn(uint64_t n)
{
    static unsigned char in[4096], out[4096];
    int length = 1 + n * 2654435761u % sizeof in, wrong = 0;
    for (int i = 0; i < length; i++) in[i] = n * 31 + i;
    memset(out, 0, sizeof out);
    int result = hypercall(fd, TURN, (uintptr_t)in, length, (uintptr_t)out);
    if (!expect(TURN, result, errno, result == length)) return;
    for (int i = 0; i < length; i++) wrong += out[i] != in[length - 1 - i];
    for (int i = length; i < (int)sizeof out; i++) wrong += out[i] != 0;
    record[BYTES] += 2 * length;
    record[WRONG_BYTES] += wrong;
}

static void port(void)
{
    struct evtchn_alloc_unbound make = { .dom = DOMID_SELF, .remote_dom = DOMID_SELF };
    int result = hypercall(fd, EVENT_CHANNEL_OP, EVTCHNOP_alloc_unbound, (uintptr_t)&make, 0);
    if (!expect(EVTCHNOP_alloc_unbound, result, errno, result == 0 && make.port > 0)) return;
    struct evtchn_close end = { .port = make.port };
    uint64_t refused;
    do {
        refused = record[REFUSED];
        result = hypercall(fd, EVENT_CHANNEL_OP, EVTCHNOP_close, (uintptr_t)&end, 0);
        expect(EVTCHNOP_close, result, errno, result == 0);
    } while (record[REFUSED] != refused && !record[STOP]);
}

static void say_number(const char *id)
{
    char text[64];
    sprintf(text, "%s %llu", id, (unsigned long long)record[TOLD] + 1);
    int result = hypercall(fd, SAY, (uintptr_t)text, 0, 0);
    if (expect(SAY, result, errno, result == 0)) record[TOLD]++;
}

static void one(uint64_t n, const char *id)
{
    int result;
    switch (n % 8) {
    case 0:
        say_number(id);
        return;
    case 1:
        turn(n);
        return;
    case 2:
        port();
        return;
    case 3:
        result = hypercall(fd, __HYPERVISOR_xen_version, 1, 8, 0);
        expect(3, result, errno, result < 0 && errno == EFAULT);
        return;
    case 4:
        result = hypercall(fd, NOBODY, 0, 0, 0);
        expect(NOBODY, result, errno, result < 0 && (errno == ENOSYS || errno == ENOTTY));
        return;
    default:
        result = hypercall(fd, __HYPERVISOR_xen_version, 0, 0, 0);
        expect(__HYPERVISOR_xen_version, result, errno, result == 0x40011);
    }
}

int main(int argc, char **argv)
{
    int file = open(argv[1], O_RDWR);
    record = mmap(NULL, 8 * WORDS, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (file < 0 || record == MAP_FAILED) return perror(argv[1]), 2;
    alone = argc > 3;
    (void)say; /* of hypercall.h; here it would be too much output */
    for (uint64_t n = 0; !record[STOP]; n++) {
        if (fd < 0 && alone) fd = open_privcmd(O_RDWR);
        if (fd < 0 && (fd = open(privcmd_path(), O_RDWR)) < 0) {
            usleep(20000);
            continue;
        }
        one(n, argv[2]);
        if (n % 64 == 63) usleep(500); /* others are to have their turn */
    }
    return 0;
}
