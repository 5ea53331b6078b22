// Asks a real Xen for operations that the walk of test/fidelity leaves out, with arguments that are safe to try from dom0, and prints each
// errno: OPERATION ERRNO. Per release R: gcc -O1 -static -I the headers of R, and scripts/real-xen run R. Fauxen's names of operations.
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <xen/xen.h>
#include <xen/domctl.h>
#include <xen/memory.h>
#include <xen/kexec.h>
#include <xen/arch-x86/xen-mca.h>

static int privcmd;
static unsigned char page[4096] __attribute__((aligned(4096)));

static void ask(const char *operation, uint64_t number, uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
    uint64_t call[6] = { number, a, b, c, d };
    errno = 0;
    long result = ioctl(privcmd, _IOC(_IOC_NONE, 'P', 0, sizeof(call)), call);
    printf("%s\t%s\n", operation, result < 0 ? strerrorname_np(errno) : "0");
    fflush(stdout);
    memset(page, 0, sizeof(page));
}

#define PAGE ((uint64_t)page)

int main(void)
{
    privcmd = open("/proc/xen/privcmd", O_RDWR);
    ask("update_descriptor", __HYPERVISOR_update_descriptor, 1, 0, 0, 0);
    ask("update_va_mapping", __HYPERVISOR_update_va_mapping, 0, 0, 0, 0);
    ask("update_va_mapping_otherdomain", __HYPERVISOR_update_va_mapping_otherdomain, 0, 0, 0, DOMID_SELF);
    ask("update_va_mapping_otherdomain", __HYPERVISOR_update_va_mapping_otherdomain, 0, 0, 0, DOMID_IO);
    ask("update_va_mapping_otherdomain", __HYPERVISOR_update_va_mapping_otherdomain, 0, 0, 0, DOMID_XEN);
    ask("memory_op sharing_op", __HYPERVISOR_memory_op, XENMEM_sharing_op, PAGE, 0, 0);
    struct mmuext_op *mmuext = (void *)page;
    mmuext->cmd = MMUEXT_MARK_SUPER;
    ask("mmuext_op MARK_SUPER", __HYPERVISOR_mmuext_op, PAGE, 1, 0, DOMID_SELF);
    mmuext->cmd = MMUEXT_UNMARK_SUPER;
    ask("mmuext_op UNMARK_SUPER", __HYPERVISOR_mmuext_op, PAGE, 1, 0, DOMID_SELF);
    ask("kexec_op kexec", __HYPERVISOR_kexec_op, KEXEC_CMD_kexec, PAGE, 0, 0);
    *(uint32_t *)page = KEXEC_TYPE_CRASH;
    ask("kexec_op kexec_load_v1", __HYPERVISOR_kexec_op, 1, PAGE, 0, 0);
    page[0] = KEXEC_TYPE_CRASH;
    ask("kexec_op kexec_load", __HYPERVISOR_kexec_op, KEXEC_CMD_kexec_load, PAGE, 0, 0);
    ask("tmem_op", 38, PAGE, 0, 0, 0);
    ask("xenpmu_op", __HYPERVISOR_xenpmu_op, 0, PAGE, 0, 0);
    struct xen_mc *mca = (void *)page;
    mca->cmd = XEN_MC_notifydomain;
    mca->interface_version = XEN_MCA_INTERFACE_VERSION;
    ask("mca notifydomain", __HYPERVISOR_mca, PAGE, 0, 0, 0);
    mca->cmd = XEN_MC_mceinject;
    mca->interface_version = XEN_MCA_INTERFACE_VERSION;
    mca->u.mc_mceinject.mceinj_cpunr = 99;
    ask("mca mceinject", __HYPERVISOR_mca, PAGE, 0, 0, 0);
    mca->cmd = XEN_MC_inject_v2;
    mca->interface_version = XEN_MCA_INTERFACE_VERSION;
    mca->u.mc_inject_v2.flags = 0xff;
    ask("mca inject_v2", __HYPERVISOR_mca, PAGE, 0, 0, 0);
    ask("arch_4", __HYPERVISOR_arch_4, PAGE, 0, 0, 0);
    // Last: 4.14 is built with it, and dom0 pauses itself.
    struct xen_domctl *domctl = (void *)page;
    domctl->cmd = XEN_DOMCTL_gdbsx_guestmemio;
    domctl->interface_version = XEN_DOMCTL_INTERFACE_VERSION;
    ask("domctl gdbsx_guestmemio", __HYPERVISOR_domctl, PAGE, 0, 0, 0);
    return 0;
}
