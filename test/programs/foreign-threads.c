/* foreign-threads [held]: one thread maps in a loop, each map with a stop, while other threads keep running: they read its state and
 * see the same stop several times. "held": they need a lock that the mapping thread holds, so that they stop with it. */
#include <pthread.h>
#include <stdatomic.h>
#include <sys/syscall.h>
#include "foreign.h"

#define LOOKERS 2
/* Reads the state several times during one stop: threads that were stopped too could not. */
#define LOOKS 3
#define ENOUGH 20
#define MOST_MAPS 5000
#define MOST_MAPS_HELD 300

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static atomic_int seen, done, mapper;
static atomic_long maps;
static int held;

/* The letter of /proc/PID/stat: t is a tracing stop. */
static char state(int file)
{
    char text[256] = "";
    if (pread(file, text, sizeof text - 1, 0) <= 0) return '?';
    char *name = strrchr(text, ')');
    return name ? name[2] : '?';
}

static void *look(void *unused)
{
    char path[64];
    while (!mapper) sched_yield();
    snprintf(path, sizeof path, "/proc/self/task/%d/stat", mapper);
    int file = open(path, O_RDONLY);
    if (file < 0) perror(path);
    long last = -1;
    for (int looks = 0; !done;) {
        if (held) pthread_mutex_lock(&lock);
        long map = maps;
        char found = state(file);
        if (found != 't' || map != last || map != maps) looks = 0;
        if (found == 't' && ++looks == LOOKS) seen++;
        last = map;
        if (held) pthread_mutex_unlock(&lock);
    }
    close(file);
    return unused;
}

int main(int argc, char **argv)
{
    static xen_pfn_t frames[64], list[64];
    static int errors[64];
    pthread_t lookers[LOOKERS];
    held = argc > 1 && strcmp(argv[1], "held") == 0;
    begin();
    uint32_t domid = new_domain(1, 64, 0x100, frames);
    for (int i = 0; i < 64; i++) list[i] = frames[63 - i];
    for (int i = 0; i < LOOKERS; i++) pthread_create(&lookers[i], 0, look, 0);
    mapper = syscall(SYS_gettid);
    while (seen < ENOUGH && maps < (held ? MOST_MAPS_HELD : MOST_MAPS)) {
        char *at = area(64, PROT_READ);
        if (held) pthread_mutex_lock(&lock);
        if (batch(domid, at, 64, list, errors)) printf("not ok: map %ld\n", (long)maps);
        if (held) pthread_mutex_unlock(&lock);
        munmap(at, 64 * PAGE);
        maps++;
    }
    IS(seen >= ENOUGH, 1);
    printf("%d stops seen in %ld maps\n", (int)seen, (long)maps);
    done = 1;
    for (int i = 0; i < LOOKERS; i++) pthread_join(lookers[i], 0);
    xc_domain_destroy(xch, domid);
    puts("done");
    return 0;
}
