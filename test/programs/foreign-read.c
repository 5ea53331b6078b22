/* foreign-read DOMID FRAME OFFSET COUNT: writes bytes of a domain's memory, from an offset in a frame on, to stdout. */
#include "foreign.h"

int main(int argc, char **argv)
{
    if (argc != 5) return 2;
    begin();
    size_t offset = strtoul(argv[3], 0, 0), count = strtoul(argv[4], 0, 0), pages = (offset + count + PAGE - 1) / PAGE;
    xen_pfn_t *frames = calloc(pages, sizeof(*frames));
    int *errors = calloc(pages, sizeof(*errors));
    for (size_t i = 0; i < pages; i++) frames[i] = strtoul(argv[2], 0, 0) + i;
    char *memory = area(pages, PROT_READ);
    int result = batch(atoi(argv[1]), memory, pages, frames, errors);
    for (size_t i = 0; i < pages; i++)
        if (result || errors[i]) { fprintf(stderr, "frame %#lx: %d %d\n", (long)frames[i], result, errors[i]); return 1; }
    fwrite(memory + offset, 1, count, stdout);
    return 0;
}
