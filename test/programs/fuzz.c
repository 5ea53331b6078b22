/*
 * fuzz CALLS SEED [THREADS]: random hypercalls through the real privcmd. Numbers, arguments and the structs they point to are
 * random; pointers lead to mapped, unmapped, read-only and boundary pages, while another thread changes the memory. Pages that are
 * read-only or that no call was given must not change. Prints how many calls succeeded; exits with 1 if such a page changed.
 */
#include "hypercall.h"
#include <pthread.h>
#include <sys/mman.h>

#define PAGE 4096

static char *arena;                /* writable, unmapped, read-only, writable, then unmapped */
static char *canary;               /* never given to a call */
static volatile int ended;
static int fd;
static unsigned long calls_each;
static uint64_t seed;
static unsigned long succeeded;

static uint64_t next(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    return *state ^= *state << 17;
}

static uint64_t any_value(uint64_t *state)
{
    static const uint64_t edges[] = { 0, 1, 2, 4096, 0x7ff0, 0x7ff1, 0x7fff0000, 1ull << 31, (1ull << 32) - 1, 1ull << 47, 1ull << 63, ~0ull };
    uint64_t random = next(state);
    switch (random % 8) {
    case 0: return edges[random / 8 % (sizeof edges / sizeof *edges)];
    case 1: return (uintptr_t)arena + random / 8 % (5 * PAGE);
    case 2: return (uintptr_t)arena + PAGE * (1 + random / 8 % 5) - random / 64 % 16;
    case 3: return (uintptr_t)arena + 8 * (random / 8 % 256);
    case 4: return next(state);
    default: return random / 8 % 40;
    }
}

/* Calls that stop the machine or take minutes are left out: sched_op's shutdown would be carried out. */
static int leaves_the_machine_alone(uint64_t number)
{
    return number != __HYPERVISOR_sched_op && number != __HYPERVISOR_kexec_op && number != __HYPERVISOR_platform_op;
}

static void *caller(void *argument)
{
    uint64_t state = seed + 0x9e3779b97f4a7c15ull * (1 + (uintptr_t)argument);
    unsigned long good = 0;
    for (unsigned long i = 0; i < calls_each; i++) {
        privcmd_hypercall_t call = { next(&state) % 16 ? next(&state) % 56 : any_value(&state), { 0 } };
        if (!leaves_the_machine_alone(call.op))
            call.op = __HYPERVISOR_xen_version;
        for (int n = 0; n < 5; n++)
            call.arg[n] = any_value(&state);
        for (int n = 0; n < 8; n++)
            ((uint64_t *)arena)[next(&state) % 512] = any_value(&state);
        void *at = next(&state) % 32 ? &call : (void *)any_value(&state);
        /* A call struct read from the arena could hold one of those. */
        if (at != &call && (uintptr_t)at - (uintptr_t)arena < 5 * PAGE)
            at = arena + PAGE;
        good += ioctl(fd, IOCTL_PRIVCMD_HYPERCALL, at) >= 0;
    }
    __sync_fetch_and_add(&succeeded, good);
    return NULL;
}

static void *changer(void *argument)
{
    uint64_t state = seed ^ 0x5555;
    while (!ended) {
        for (int i = 0; i < 64; i++)
            ((volatile uint64_t *)arena)[next(&state) % 512] = any_value(&state);
        usleep(200);
        mprotect(arena + 3 * PAGE, PAGE, next(&state) % 2 ? PROT_NONE : PROT_READ | PROT_WRITE);
    }
    return argument;
}

int main(int argc, char **argv)
{
    int threads = argc > 3 ? atoi(argv[3]) : 2;
    pthread_t callers[64], change;
    calls_each = strtoul(argc > 1 ? argv[1] : "1000", NULL, 0) / threads;
    seed = strtoull(argc > 2 ? argv[2] : "1", NULL, 0) * 2654435761u | 1;
    fd = open_privcmd(O_RDWR);
    char *all = mmap(NULL, 9 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    canary = all;
    arena = all + PAGE;
    memset(all, 0x5a, 9 * PAGE);
    munmap(arena + PAGE, PAGE);
    mprotect(arena + 2 * PAGE, PAGE, PROT_READ);
    munmap(arena + 4 * PAGE, 3 * PAGE);
    char *beyond = arena + 7 * PAGE;
    pthread_create(&change, NULL, changer, NULL);
    for (uintptr_t i = 0; i < threads && i < 64; i++)
        pthread_create(&callers[i], NULL, caller, (void *)i);
    for (int i = 0; i < threads && i < 64; i++)
        pthread_join(callers[i], NULL);
    ended = 1;
    pthread_join(change, NULL);
    for (int i = 0; i < PAGE; i++)
        if (canary[i] != 0x5a || arena[2 * PAGE + i] != 0x5a || beyond[i] != 0x5a) {
            printf("byte %d changed that should not\n", i);
            return 1;
        }
    printf("%lu calls, %s\n", calls_each * threads, succeeded ? "some succeeded" : "none succeeded");
    return 0;
}
