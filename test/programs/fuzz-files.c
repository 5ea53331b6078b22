/*
 * fuzz-files SECONDS SEED DIRECTORY…: finds calls that are answered for the wrong file. Several processes, half of them as user nobody,
 * each with several threads, open files and make hypercalls on their descriptors: privcmd, restricted privcmd, other files, directories,
 * closed numbers. Each kind has a distinct answer, so a mix-up is noticed. Descriptor numbers are closed, duplicated and reused; threads
 * and processes start, end, share descriptors, reuse ids and execute; some calls are in pages whose faults are served late.
 *
 * Prints a line for each wrong answer, then the counts and how long callers waited (waits.h). FUZZ_SERVER is Fauxen's process, by default
 * the parent; with FUZZ_PRIORITY it gets that real-time priority. Exits with 1 if an answer was wrong.
 */
#define _GNU_SOURCE
#include "hypercall.h"
#include "waits.h"
#include <grp.h>
#include <linux/sched.h>
#include <linux/userfaultfd.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#define NOBODY 65534
#define PROCESSES 4
#define THREADS 3
#define SLOTS 6
#define PAGE 4096
#define ACTS 20
#define RESTRICT 0x25006UL
#define VERSION (4 << 16 | 17)

/* What a descriptor refers to, which decides what a hypercall on it answers. */
enum kind { OPEN, RESTRICTED, STRANGER, NOTHING, KINDS };
static const int answers[KINDS] = { VERSION, -EPERM, -ENOTTY, -EBADF };

static struct shared {
    volatile unsigned long calls, wrong, refused, done[ACTS];
    struct waits waits;            /* of calls that Fauxen answers */
    volatile int ids[16];          /* of threads and processes that have ended, of all processes */
} *shared;

struct worker {
    uint64_t state;
    int index;
    int numbers[SLOTS];            /* the descriptors, always the same numbers */
    struct file { enum kind kind; int own; } *files[SLOTS]; /* own: no other process has it, so it may be restricted */
    struct file pool[4096];
    int used;
};

static struct file nothing = { NOTHING, 0 };
static char **directories;
static int directory_count;
static const char *program;
static int is_nobody;
static int sources[2];             /* an open and a restricted privcmd that all inherit */
static volatile int ended;
static char *faulting;             /* pages that are served late; NULL where that cannot be had */
static int faults;

static uint64_t next(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    return *state ^= *state << 17;
}

static int call(const char *how, int fd, enum kind kind, void *at)
{
    privcmd_hypercall_t version = { __HYPERVISOR_xen_version, { 0 } };
    struct wait wait;
    int is_answered = kind == OPEN || kind == RESTRICTED;
    if (is_answered) wait = begin_wait(&shared->waits, at != NULL);
    int got = ioctl(fd, IOCTL_PRIVCMD_HYPERCALL, at ? at : &version);
    int error = errno;
    if (is_answered) end_wait(&shared->waits, &wait, at != NULL, how);
    __sync_fetch_and_add(&shared->calls, 1);
    return got < 0 ? -error : got;
}

static int check(const char *how, int fd, enum kind kind, void *at)
{
    int got = call(how, fd, kind, at);
    /* Fauxen's files may answer EIO while another thread's page is served too late, as on a busy machine: nothing was done. */
    for (int tries = 0; got == -EIO && kind != NOTHING && tries < 2000; tries++) {
        __sync_fetch_and_add(&shared->refused, 1);
        usleep(10000);
        got = call(how, fd, kind, at);
    }
    if (got == answers[kind]) return 0;
    if (__sync_fetch_and_add(&shared->wrong, 1) < 20) {
        char text[200];
        int length = snprintf(text, sizeof text, "%s: thread %d, descriptor %d%s: got %d, wanted %d\n", how,
                              (int)syscall(SYS_gettid), fd, is_nobody ? " of nobody" : "", got, answers[kind]);
        if (write(1, text, length) < 0) _exit(9);
    }
    return 1;
}

static void check_all(const char *how, struct worker *me)
{
    for (int slot = 0; slot < SLOTS; slot++) check(how, me->numbers[slot], me->files[slot]->kind, NULL);
}

/* Returns a new descriptor or -1, and its kind in *kind. */
static int open_any(uint64_t random, enum kind *kind, int *own)
{
    int ends[2], fd;
    *own = 0;
    switch (random % 7) {
    case 0:
    case 1:
    case 2:
        *kind = random % 7 == 2 ? RESTRICTED : OPEN;
        if (is_nobody) return dup(sources[*kind]);
        fd = open(privcmd_path(), random & 1024 ? O_RDWR : O_RDONLY);
        if (*kind == RESTRICTED && ioctl(fd, RESTRICT, &(uint16_t){ 7 }) < 0) _exit(8);
        *own = 1;
        return fd;
    case 3:
        *kind = STRANGER;
        return open(directories[random / 8 % directory_count], O_RDONLY | O_DIRECTORY);
    case 4:
        *kind = NOTHING; /* a name of the file, and no more */
        return open(privcmd_path(), O_PATH);
    case 5:
        *kind = STRANGER;
        if (pipe(ends) < 0) return -1;
        close(ends[0]);
        return ends[1];
    default:
        *kind = STRANGER;
        return open("/dev/null", O_RDWR);
    }
}

static void put(struct worker *me, int slot, int fd, enum kind kind, int own)
{
    if (me->used == sizeof me->pool / sizeof *me->pool) me->used = 0; /* files of that age are in no slot any more, nearly always */
    for (int other = 0; other < SLOTS; other++)
        if (me->files[other] == &me->pool[me->used]) me->used++;
    struct file *file = &me->pool[me->used++];
    *file = (struct file){ kind, own };
    dup2(fd, me->numbers[slot]);
    close(fd);
    me->files[slot] = file;
}

struct errand { struct worker *worker; int slot; enum kind kind; int source; volatile int tid; };

static void *calls_once(void *errand)
{
    struct errand *it = errand;
    for (int i = 0; i < 3; i++) check_all("a new thread", it->worker);
    it->tid = syscall(SYS_gettid);
    return NULL;
}

/* A descriptor table of its own: the number refers to another file here, and to the old one elsewhere. */
static void *calls_unshared(void *errand)
{
    struct errand *it = errand;
    if (unshare(CLONE_FILES) < 0) return NULL;
    dup2(it->source, it->worker->numbers[it->slot]);
    for (int i = 0; i < 4; i++)
        check("a thread with descriptors of its own", it->worker->numbers[it->slot], it->source == sources[0] ? OPEN : RESTRICTED, NULL);
    return NULL;
}

static void become_checker(int fd, enum kind kind)
{
    char number[16], wanted[16];
    sprintf(number, "%d", fd);
    sprintf(wanted, "%d", kind);
    execl(program, program, "check", number, wanted, NULL);
    _exit(7);
}

/* Takes over the id of the first thread during its calls (execve), with another file under the number. */
static void *executes(void *errand)
{
    struct errand *it = errand;
    usleep(300);
    if (unshare(CLONE_FILES) < 0) _exit(6);
    dup2(it->source, it->worker->numbers[it->slot]);
    become_checker(it->worker->numbers[it->slot], it->source == sources[OPEN] ? OPEN : RESTRICTED);
    return NULL;
}

static void expect_success(const char *how, int pid)
{
    int status;
    if (pid < 0 || waitpid(pid, &status, __WALL) != pid || status == 0) return;
    __sync_fetch_and_add(&shared->wrong, 1);
    printf("%s: status %x\n", how, status);
}

/* Starts a child, with the id of an ended one if possible; returns its id in *pid. */
static int child(int wanted_id, int flags)
{
    struct clone_args arguments = { .flags = flags, .exit_signal = SIGCHLD };
    if (wanted_id > 0) {
        arguments.set_tid = (uintptr_t)&wanted_id;
        arguments.set_tid_size = 1;
        int pid = syscall(SYS_clone3, &arguments, sizeof arguments);
        if (pid >= 0) return pid;
        arguments.set_tid_size = 0;
        arguments.set_tid = 0;
    }
    return syscall(SYS_clone3, &arguments, sizeof arguments);
}

static void await(int pid)
{
    if (pid > 0 && waitpid(pid, NULL, __WALL) == pid) shared->ids[pid % 16] = pid;
}

static int an_old_id(uint64_t random)
{
    return shared->ids[random / 8192 % 16];
}

static void send_to_itself(struct worker *me, int from, int to)
{
    int ends[2];
    char byte = 'x', control[CMSG_SPACE(sizeof(int))] = { 0 };
    struct iovec vector = { &byte, 1 };
    struct msghdr message = { .msg_iov = &vector, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control };
    if (me->files[from]->kind == NOTHING || socketpair(AF_UNIX, SOCK_DGRAM, 0, ends) < 0) return;
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    *header = (struct cmsghdr){ .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS, .cmsg_len = CMSG_LEN(sizeof(int)) };
    memcpy(CMSG_DATA(header), &me->numbers[from], sizeof(int));
    if (sendmsg(ends[0], &message, 0) == 1 && recvmsg(ends[1], &message, 0) == 1) {
        int fd;
        memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof fd);
        dup2(fd, me->numbers[to]);
        close(fd);
        me->files[to] = me->files[from];
    }
    close(ends[0]);
    close(ends[1]);
}

/* Reopens a descriptor by its path in /proc: another open file of the same inode, without the restriction. */
static void reopen(struct worker *me, int slot, int to)
{
    char path[64];
    if (is_nobody || (me->files[slot]->kind != OPEN && me->files[slot]->kind != RESTRICTED)) return;
    snprintf(path, sizeof path, "/proc/self/fd/%d", me->numbers[slot]);
    int fd = open(path, O_RDWR);
    if (fd >= 0) put(me, to, fd, OPEN, 1);
}

static void step(struct worker *me)
{
    uint64_t random = next(&me->state);
    int slot = random % SLOTS, other = random / 8 % SLOTS, what = random / 64 % 64, own, pid;
    enum kind kind = me->files[slot]->kind;
    struct errand errand = { me, slot, kind, sources[random / 4096 % 2], 0 };
    pthread_t thread;
    switch (what) {
    default:
        for (int times = random / 4096 % 4; times >= 0; times--) check("a call", me->numbers[slot], kind, NULL);
        break;
    case 1: case 2: case 3: case 4:
        pid = open_any(random / 4096, &kind, &own);
        if (pid >= 0) put(me, slot, pid, kind, own);
        break;
    case 5:
        close(me->numbers[slot]);
        me->files[slot] = &nothing;
        break;
    case 6: case 7:
        if (me->files[slot]->kind == NOTHING) break;
        dup2(me->numbers[slot], me->numbers[other]);
        me->files[other] = me->files[slot];
        break;
    case 8:
        if (kind != OPEN || !me->files[slot]->own) break;
        if (ioctl(me->numbers[slot], RESTRICT, &(uint16_t){ 7 }) == 0) me->files[slot]->kind = RESTRICTED;
        break;
    case 9: case 10: /* a forked child, by an id that was somebody's, with the number meaning another file */
        pid = child(an_old_id(random), 0);
        if (pid == 0) {
            check_all("a child", me);
            int replaced = random / 4096 % 2;
            dup2(sources[replaced], me->numbers[slot]);
            for (int i = 0; i < 3; i++) check("a child that replaced it", me->numbers[slot], replaced ? RESTRICTED : OPEN, NULL);
            _exit(0);
        }
        check("the parent meanwhile", me->numbers[slot], kind, NULL);
        await(pid);
        break;
    case 11: case 12:
        if (pthread_create(&thread, NULL, calls_once, &errand)) break;
        pthread_join(thread, NULL);
        shared->ids[random / 4096 % 16] = errand.tid;
        break;
    case 13:
        if (pthread_create(&thread, NULL, calls_unshared, &errand)) break;
        for (int i = 0; i < 3; i++) check("beside a thread with descriptors of its own", me->numbers[slot], kind, NULL);
        pthread_join(thread, NULL);
        break;
    case 14: /* another process with the same table */
        pid = child(an_old_id(random), CLONE_FILES);
        if (pid == 0) {
            check("a process that shares descriptors", me->numbers[slot], kind, NULL);
            _exit(0);
        }
        check("beside a process that shares descriptors", me->numbers[slot], kind, NULL);
        await(pid);
        break;
    case 15:
        send_to_itself(me, slot, other);
        break;
    case 16:
        reopen(me, slot, other);
        break;
    case 17:
        if (random / 4096 % 8) break;
        pid = child(an_old_id(random), 0);
        if (pid == 0) become_checker(me->numbers[slot], kind);
        expect_success("execve", pid);
        break;
    case 19:
        if (random / 4096 % 8 || kind == NOTHING) break;
        pid = fork();
        if (pid == 0) {
            if (pthread_create(&thread, NULL, executes, &errand)) _exit(0);
            for (;;) check("before another thread executes", me->numbers[slot], kind, NULL);
        }
        expect_success("execve by another thread", pid);
        break;
    case 18:
        if (faulting == NULL || random / 4096 % 16) break;
        char *page = faulting + PAGE * me->index;
        check("a call from a page that is served late", me->numbers[slot], kind, page);
        madvise(page, PAGE, MADV_DONTNEED);
        break;
    }
    __sync_fetch_and_add(&shared->done[what < ACTS ? what : 0], 1);
}

static void *work(void *worker)
{
    while (!ended) step(worker);
    return NULL;
}

/* One thread closes a number; the other opens something else, gets the same number, and makes a call on it. */
static volatile int racing = -1;
static sem_t race;

static void *closes(void *nothing)
{
    while (sem_wait(&race) == 0 && !ended) {
        close(racing);
        racing = -1;
    }
    return nothing;
}

static void *reuses(void *nothing)
{
    while (!ended) {
        int fd = is_nobody ? dup(sources[OPEN]) : open(privcmd_path(), O_RDWR), got = -1;
        for (int i = 0; i < 3; i++) check("before the close", fd, OPEN, NULL);
        racing = fd;
        sem_post(&race);
        for (int i = 0; i < 20000 && got != fd; i++) {
            if (got >= 0) close(got);
            got = open("/dev/null", O_RDWR);
        }
        if (got == fd) check("a number used again", got, STRANGER, NULL);
        while (racing >= 0 && !ended) sched_yield();
        if (got >= 0) close(got);
        usleep(300);
    }
    sem_post(&race);
    return nothing;
}

static void *serve_faults(void *nothing)
{
    static char page[PAGE] __attribute__((aligned(PAGE)));
    uint64_t state = getpid() | 1;
    *(uint64_t *)page = __HYPERVISOR_xen_version;
    struct uffd_msg message;
    while (read(faults, &message, sizeof message) == sizeof message) {
        if (message.event != UFFD_EVENT_PAGEFAULT) continue;
        usleep(next(&state) % 20000);
        struct uffdio_copy copy = { .dst = message.arg.pagefault.address & -PAGE, .src = (uintptr_t)page, .len = PAGE };
        ioctl(faults, UFFDIO_COPY, &copy);
    }
    return nothing;
}

static void serve_late(void)
{
    faults = syscall(SYS_userfaultfd, O_CLOEXEC);
    struct uffdio_api api = { .api = UFFD_API };
    char *pages = mmap(NULL, PAGE * THREADS, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    struct uffdio_register range = { { (uintptr_t)pages, PAGE * THREADS }, UFFDIO_REGISTER_MODE_MISSING, 0 };
    if (faults < 0 || ioctl(faults, UFFDIO_API, &api) < 0 || ioctl(faults, UFFDIO_REGISTER, &range) < 0) return;
    pthread_t server;
    faulting = pages;
    pthread_create(&server, NULL, serve_faults, NULL);
}

static int process(int index, uint64_t seed, double end)
{
    static struct worker workers[THREADS];
    pthread_t threads[THREADS + 2];
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    sem_init(&race, 0, 0);
    is_nobody = index % 2;
    if (is_nobody && (setgroups(0, NULL) || setgid(NOBODY) || setuid(NOBODY))) return perror("nobody"), 5;
    if (!is_nobody) serve_late();
    for (int i = 0; i < THREADS; i++) {
        workers[i].state = seed + 0x9e3779b97f4a7c15ull * (1 + i + THREADS * index);
        workers[i].index = i;
        for (int slot = 0; slot < SLOTS; slot++) {
            workers[i].numbers[slot] = 100 + SLOTS * i + slot;
            workers[i].files[slot] = &nothing;
        }
        pthread_create(&threads[i], NULL, work, &workers[i]);
    }
    pthread_create(&threads[THREADS], NULL, closes, NULL);
    pthread_create(&threads[THREADS + 1], NULL, reuses, NULL);
    while (now() < end) usleep(20000);
    ended = 1;
    for (int i = 0; i < THREADS + 2; i++) pthread_join(threads[i], NULL);
    fflush(stdout);
    return 0;
}

int main(int argc, char **argv)
{
    program = argv[0];
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (argc == 4 && strcmp(argv[1], "check") == 0) {
        int wrong = 0;
        for (int i = 0; i < 3; i++) wrong += check("after execve", atoi(argv[2]), atoi(argv[3]), NULL);
        return wrong;
    }
    if (argc < 4) return fprintf(stderr, "fuzz-files SECONDS SEED DIRECTORY...\n"), 2;
    directories = argv + 3;
    directory_count = argc - 3;
    for (int kind = OPEN; kind <= RESTRICTED; kind++) sources[kind] = fcntl(open_privcmd(O_RDWR), F_DUPFD, 60);
    if (ioctl(sources[RESTRICTED], RESTRICT, &(uint16_t){ 7 }) < 0) return perror("restrict"), 3;
    const char *server = getenv("FUZZ_SERVER"), *priority = getenv("FUZZ_PRIORITY");
    find_server(server ? atoi(server) : getppid(), sources[OPEN], priority ? atoi(priority) : 0);
    if (priority) setpriority(PRIO_PROCESS, 0, -10); /* or other work delays a thread that has locked memory that is about to be copied */
    double end = now() + atof(argv[1]);
    int failed = 0, status;
    for (int i = 0; i < PROCESSES; i++)
        if (fork() == 0) _exit(process(i, strtoull(argv[2], NULL, 0) * 2654435761u | 1, end));
    watch_copies(&shared->waits, priority ? atoi(priority) : 0);
    while (wait(&status) > 0) failed |= status;
    unsigned long least = ~0ul;
    for (int i = 1; i < ACTS; i++)
        if (shared->done[i] < least) least = shared->done[i];
    printf("%lu calls, %lu wrong, each act at least %lu times; %lu times refused with EIO", shared->calls, shared->wrong, least, shared->refused);
    print_waits(&shared->waits);
    printf("\n");
    return failed || shared->wrong ? 1 : 0;
}
