/* Hypercall buffers by mmap of /dev/xen/hypercall: each mapping is new, zeroed memory. */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <xenctrl.h>
#include <xen/sys/privcmd.h>

int main(void)
{
    int privcmd = open("/dev/xen/privcmd", O_RDWR | O_CLOEXEC), buffers = open("/dev/xen/hypercall", O_RDWR | O_CLOEXEC);
    char *one = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, buffers, 0);
    char *two = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, buffers, 0);
    if (privcmd < 0 || buffers < 0 || one == MAP_FAILED || two == MAP_FAILED) {
        printf("not there: %s\n", strerror(errno));
        return 1;
    }
    privcmd_hypercall_t capabilities = { __HYPERVISOR_xen_version, { XENVER_capabilities, (uintptr_t)one } };
    privcmd_hypercall_t extra = { __HYPERVISOR_xen_version, { XENVER_extraversion, (uintptr_t)two } };
    printf("%d\n", ioctl(privcmd, IOCTL_PRIVCMD_HYPERCALL, &capabilities));
    printf("%d\n", ioctl(privcmd, IOCTL_PRIVCMD_HYPERCALL, &extra));
    printf("%.7s %.2s %d\n", one, two, one[4096]);
    int refused = ioctl(buffers, IOCTL_PRIVCMD_HYPERCALL, &extra);
    printf("%d %s\n", refused, strerror(errno));
    return 0;
}
