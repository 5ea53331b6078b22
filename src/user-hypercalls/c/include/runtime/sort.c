/* xen/sort.h, xen/lib.h. */

static void fauxen_exchange(void *a, void *b, size_t size)
{
    uint8_t *p = a, *q = b;

    for ( ; size--; p++, q++ )
        SWAP(*p, *q);
}

/* Insertion sort is enough, since handlers sort few elements. */
void sort(void *base, size_t count, size_t size, int (*compare)(const void *, const void *), void (*exchange)(void *, void *, size_t))
{
    uint8_t *bytes = base;
    size_t i, j;

    for ( i = 1; i < count; i++ )
        for ( j = i; j && compare(bytes + (j - 1) * size, bytes + j * size) > 0; j-- )
            (exchange ? exchange : fauxen_exchange)(bytes + (j - 1) * size, bytes + j * size, size);
}

void *bsearch(const void *key, const void *base, size_t count, size_t size, int (*compare)(const void *, const void *))
{
    const uint8_t *low = base;

    while ( count )
    {
        const uint8_t *middle = low + count / 2 * size;
        int order = compare(key, middle);

        if ( !order )
            return (void *)middle;
        if ( order > 0 )
        {
            low = middle + size;
            count--;
        }
        count /= 2;
    }
    return NULL;
}
