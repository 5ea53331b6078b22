/* foreign-read DOMID FRAME OFFSET COUNT: bytes of a domain's frame, to stdout. */
#include "foreign.h"

int main(int argc, char **argv)
{
    if (argc != 5) return 2;
    begin();
    xen_pfn_t frame = strtoul(argv[2], 0, 0);
    char *page = area(1, PROT_READ);
    int error = 0, result = batch(atoi(argv[1]), page, 1, &frame, &error);
    if (result || error) { fprintf(stderr, "frame %#lx: %d %d\n", frame, result, error); return 1; }
    fwrite(page + strtoul(argv[3], 0, 0), 1, strtoul(argv[4], 0, 0), stdout);
    return 0;
}
