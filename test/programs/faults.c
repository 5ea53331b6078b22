/*
 * Calls under adverse conditions, named by the first argument. PRIVCMD in the environment selects another mount's files.
 *   mapped shared|private   the hypercall, and then the text to print, are in this program's mapping of dmesg
 *   mapped-file FILE        prints "mapped"; after a line of input the text to print is in this program's mapping of FILE
 *   loop                    hypercalls until it is killed; prints "running" first
 *   loop-print              the same, each with a console line of 1000 characters
 *   until-error             hypercalls until one fails; prints "running" first, and the error at the end
 *   threads                 threads that call and exit, round after round
 *   exec                    threads call while the program executes itself again
 *   leave                   the main thread ends the process while others call
 *   once [NUMBER]           one call: its result, or its errno's name
 */
#include "hypercall.h"
#include <libgen.h>
#include <pthread.h>
#include <sys/mman.h>

static int fd;

static char text[1000];

static int print_line(const void *from, int length)
{
    return hypercall(fd, __HYPERVISOR_console_io, 0, length, (uintptr_t)from);
}

static void *calls_for_ever(void *ignored)
{
    for (;;)
        hypercall(fd, __HYPERVISOR_xen_version, 0, 0, 0);
    return ignored;
}

static void *some_calls(void *ignored)
{
    for (int i = 0; i < 20; i++)
        if (hypercall(fd, __HYPERVISOR_xen_version, 0, 0, 0) < 0)
            perror("xen_version"), exit(1);
    return ignored;
}

static void mapped(int flags)
{
    char path[4096];
    snprintf(path, sizeof path - 8, "%s", privcmd_path());
    strcat(dirname(path), "/dmesg");
    int file = open(path, O_RDWR);
    if (file < 0)
        file = open(path, O_RDONLY);
    void *page = file < 0 ? MAP_FAILED : mmap(NULL, 4096, PROT_READ, flags, file, 0);
    if (page == MAP_FAILED) {
        printf("no mapping: %s\n", strerror(errno));
        return;
    }
    say("call", ioctl(fd, IOCTL_PRIVCMD_HYPERCALL, page));
    say("text", print_line(page, 100));
}

static void mapped_file(const char *path)
{
    void *page = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, open(path, O_RDONLY), 0);
    puts("mapped");
    if (page == MAP_FAILED || getchar() == EOF)
        return;
    say("text", print_line(page, 100));
}

int main(int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "once";
    const char *more = argc > 2 ? argv[2] : "";
    setvbuf(stdout, NULL, _IOLBF, 0);
    fd = open_privcmd(O_RDWR | O_CLOEXEC);
    memset(text, 'x', sizeof text);
    text[sizeof text - 1] = '\n';
    if (!strcmp(what, "mapped"))
        mapped(strcmp(more, "shared") ? MAP_PRIVATE : MAP_SHARED);
    if (!strcmp(what, "mapped-file"))
        mapped_file(more);
    pthread_t threads[8];
    int busy = !strcmp(what, "exec") || !strcmp(what, "leave");
    for (int i = 0; busy && i < 8; i++)
        if (pthread_create(&threads[i], NULL, calls_for_ever, NULL))
            return 1;
    if (busy)
        usleep(50000);
    if (!strcmp(what, "leave"))
        _exit(0);
    if (!strcmp(what, "exec"))
        return execl("/proc/self/exe", argv[0], "once", (char *)0);
    if (!strcmp(what, "threads"))
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < 8; i++)
                if (pthread_create(&threads[i], NULL, some_calls, NULL))
                    return 1;
            for (int i = 0; i < 8; i++)
                pthread_join(threads[i], NULL);
        }
    if (!strcmp(what, "until-error")) {
        puts("running");
        while (hypercall(fd, __HYPERVISOR_xen_version, 0, 0, 0) >= 0)
            ;
        printf("stopped: %s\n", strerror(errno));
        return 0;
    }
    if (!strncmp(what, "loop", 4)) {
        puts("running");
        if (!strcmp(what, "loop-print"))
            for (;;)
                print_line(text, sizeof text);
        calls_for_ever(NULL);
    }
    say("xen_version", hypercall(fd, *more >= '0' && *more <= '9' ? atoi(more) : __HYPERVISOR_xen_version, 0, 0, 0));
    return 0;
}
