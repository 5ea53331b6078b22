/*
 * storms SECONDS: processes notify event channels, read and unmask them, poll and reset as fast as they can, while another makes
 * hypercalls. Prints how many of its answers were wrong, kills the others, and prints what a last call returns.
 */
#include "hypercall.h"
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <xen/sys/evtchn.h>

#define KINDS 4
#define EACH 2
#define PORTS 200

static int notify(int file, int port)
{
    struct ioctl_evtchn_notify one = { port };
    return ioctl(file, IOCTL_EVTCHN_NOTIFY, &one);
}

static void storm(int kind)
{
    int file = open("/dev/xen/evtchn", O_RDWR | O_NONBLOCK), ring = open("/proc/xen/dmesg", O_RDONLY);
    int ports[PORTS], count = 0;
    while (count < PORTS) {
        struct ioctl_evtchn_bind_unbound_port any = { 0 };
        int port = ioctl(file, IOCTL_EVTCHN_BIND_UNBOUND_PORT, &any);
        struct ioctl_evtchn_bind_interdomain other = { 0, port };
        if (port < 0 || (port = ioctl(file, IOCTL_EVTCHN_BIND_INTERDOMAIN, &other)) < 0) break;
        ports[count++] = port;
    }
    if (count == 0) perror("evtchn"), exit(1);
    for (unsigned i = 0;; i++) {
        uint32_t pending[512];
        struct pollfd both[] = { { file, POLLIN }, { ring, POLLIN } };
        int got = kind == 1 ? read(file, pending, sizeof pending) : 0;
        if (got > 0 && write(file, pending, got) != got) perror("unmask");
        if (kind < 2) notify(file, ports[i % count]);
        if (kind == 2) poll(both, 2, i % 2);
        if (kind == 3) ioctl(file, IOCTL_EVTCHN_RESET, 0);
    }
}

int main(int argc, char **argv)
{
    pid_t children[KINDS * EACH];
    int wrong = 0;
    for (int i = 0; i < KINDS * EACH; i++)
        if ((children[i] = fork()) == 0) storm(i % KINDS);
    int fd = open_privcmd(O_RDWR);
    for (time_t end = time(NULL) + atoi(argv[1]); time(NULL) <= end;)
        if (hypercall(fd, __HYPERVISOR_xen_version, 0, 0, 0) != (4 << 16 | 17)) wrong++;
    for (int i = 0; i < KINDS * EACH; i++)
        if (kill(children[i], SIGKILL) || waitpid(children[i], NULL, 0) < 0) perror("a storm");
    say("wrong", wrong);
    say("afterwards", hypercall(fd, __HYPERVISOR_xen_version, 0, 0, 0));
    return 0;
}
