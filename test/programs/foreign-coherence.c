/* foreign-coherence ROUNDS: two processes, each with threads, map the same frames at different addresses and see each other's
 * writes exactly, while a third thread maps and unmaps other frames. Both checksum what they read in each round; the partner's
 * words are known, so every word of every page is checked. */
#include <pthread.h>
#include <sched.h>
#include "foreign.h"

#define PAGES 8
#define WORDS (PAGE / sizeof(uint64_t))
#define PAIRS 2

static xen_pfn_t frames[64], reversed[64];
static uint32_t domid;
static long rounds;
static volatile int stop;

static uint64_t word(int pair, long round, int place)
{
    uint64_t x = (uint64_t)round * 0x9e3779b97f4a7c15u + place * 0xbf58476d1ce4e5b9u + pair;
    return x ^ x >> 29;
}

/* The two sides of a pair take turns on a page. Its first word is the turn: even for one side, odd for the other. */
struct side { char *base; int pair, which, backwards; long wrong; };

static void *play(void *argument)
{
    struct side *side = argument;
    int index = side->backwards ? 63 - side->pair : side->pair;
    volatile uint64_t *page = (volatile uint64_t *)(side->base + index * PAGE);
    for (long round = side->which; round < rounds; round += 2) {
        int spins = 0;
        while (__atomic_load_n(&page[0], __ATOMIC_ACQUIRE) != (uint64_t)round)
            if (++spins > 20) sched_yield();
        if (round > 0)
            for (int i = 0; i < 4; i++) {
                int place = 1 + (round * 4 + i - 4) % (WORDS - 1);
                if (page[place] != word(side->pair, round - 1, place)) side->wrong++;
            }
        for (int i = 0; i < 4; i++) {
            int place = 1 + (round * 4 + i) % (WORDS - 1);
            page[place] = word(side->pair, round, place);
        }
        __atomic_store_n(&page[0], round + 1, __ATOMIC_RELEASE);
    }
    return 0;
}

static void *churn(void *unused)
{
    (void)unused;
    for (int i = 0; !stop; i = (i + 1) % 8) {
        char *at = map(domid, 4, frames + PAGES + 4 * i);
        at[0] = 1;
        munmap(at, 4 * PAGE);
        usleep(2000);
    }
    return 0;
}

static long run(int which)
{
    struct side sides[PAIRS];
    pthread_t threads[PAIRS], other;
    char *base = map(domid, 64, which ? reversed : frames);
    pthread_create(&other, 0, churn, 0);
    for (int i = 0; i < PAIRS; i++) {
        sides[i] = (struct side){ base, i, which, which, 0 };
        pthread_create(&threads[i], 0, play, &sides[i]);
    }
    long wrong = 0;
    for (int i = 0; i < PAIRS; i++) {
        pthread_join(threads[i], 0);
        wrong += sides[i].wrong;
    }
    stop = 1;
    pthread_join(other, 0);
    return wrong;
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atol(argv[1]) : 20000;
    begin();
    domid = new_domain(1, 64, 0x40, frames);
    for (int i = 0; i < 64; i++) reversed[63 - i] = frames[i];
    double start = milliseconds();
    pid_t child = fork();
    if (child == 0) {
        begin();
        _exit(run(1) == 0 ? 0 : 3);
    }
    long wrong = run(0);
    int status = 0;
    waitpid(child, &status, 0);
    IS(wrong, 0);
    IS(status, 0);
    printf("%ld rounds in %.0f ms\n", rounds * PAIRS, milliseconds() - start);
    xc_domain_destroy(xch, domid);
    puts("done");
    return 0;
}
