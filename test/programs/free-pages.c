/* free-pages: the machine's free pages. */
#include <stdio.h>
#include <xenctrl.h>

int main(void)
{
    xc_interface *xch = xc_interface_open(0, 0, 0);
    xc_physinfo_t info = {0};
    if (!xch || xc_physinfo(xch, &info)) { perror("physinfo"); return 1; }
    printf("%lu\n", (unsigned long)info.free_pages);
    return 0;
}
