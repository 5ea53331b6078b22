#include <xen/errno.h>
#include <xen/guest_access.h>
#include <xen/lib.h>

#define __HYPERVISOR_total 43

long do_total(XEN_GUEST_HANDLE_PARAM(int) numbers, unsigned int count, XEN_GUEST_HANDLE_PARAM(int) result)
{
    int copy[16] = { 0 };
    int total = 0;
    unsigned int i;

    if ( count > ARRAY_SIZE(copy) )
        return -E2BIG;
    if ( copy_from_guest(copy, numbers, count) )
        return -EFAULT;
    for ( i = 0; i < count; i++ )
        total += copy[i];
    if ( copy_to_guest(result, &total, 1) )
        return -EFAULT;
    return 0;
}
