/* What the tools did to the recorded Xen before the probes ran, where a probe shows it: trace buffers of 32 pages. */
#include <stdint.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <xenctrl.h>
#include <xen/sys/privcmd.h>

int main(void)
{
    static xen_sysctl_t sysctl = {
        .cmd = XEN_SYSCTL_tbuf_op,
        .interface_version = XEN_SYSCTL_INTERFACE_VERSION,
        .u.tbuf_op = { .cmd = XEN_SYSCTL_TBUFOP_set_size, .size = 32 },
    };
    privcmd_hypercall_t call = { __HYPERVISOR_sysctl, { (uintptr_t)&sysctl } };
    int fd = open("/proc/xen/privcmd", O_RDWR);
    return fd < 0 || ioctl(fd, IOCTL_PRIVCMD_HYPERCALL, &call) != 0;
}
