/* xen/string.h. */

void *memset(void *to, int value, size_t bytes)
{
    uint8_t *p = to;

    if ( fauxen_is_own_range(to, bytes) )
        fauxen_raw_fill(to, value, bytes);
    else
        while ( bytes-- )
            *p++ = value;
    return to;
}

void *memcpy(void *to, const void *from, size_t bytes)
{
    uint8_t *p = to;
    const uint8_t *q = from;

    if ( fauxen_is_own_range(to, bytes) && fauxen_is_own_range(from, bytes) )
        fauxen_raw_copy(to, from, bytes);
    else
        while ( bytes-- )
            *p++ = *q++;
    return to;
}

void *memmove(void *to, const void *from, size_t bytes)
{
    uint8_t *p = to;
    const uint8_t *q = from;

    if ( p <= q )
    {
        while ( bytes-- )
            *p++ = *q++;
        return to;
    }
    while ( bytes-- )
        p[bytes] = q[bytes];
    return to;
}

int memcmp(const void *a, const void *b, size_t bytes)
{
    const uint8_t *p = a, *q = b;

    for ( ; bytes--; p++, q++ )
        if ( *p != *q )
            return *p - *q;
    return 0;
}

void *memchr(const void *in, int value, size_t bytes)
{
    const uint8_t *p;

    for ( p = in; bytes--; p++ )
        if ( *p == (uint8_t)value )
            return (void *)p;
    return NULL;
}

void *memchr_inv(const void *in, int value, size_t bytes)
{
    const uint8_t *p;

    for ( p = in; bytes--; p++ )
        if ( *p != (uint8_t)value )
            return (void *)p;
    return NULL;
}

size_t strlen(const char *text) { size_t n = 0; while ( text[n] ) n++; return n; }
size_t strnlen(const char *text, size_t limit) { size_t n = 0; while ( n < limit && text[n] ) n++; return n; }

static int fauxen_compare(const char *a, const char *b, size_t limit, int fold)
{
    for ( ; limit--; a++, b++ )
    {
        uint8_t p = fold ? tolower((uint8_t)*a) : *a, q = fold ? tolower((uint8_t)*b) : *b;

        if ( p != q )
            return p < q ? -1 : 1;
        if ( !p )
            break;
    }
    return 0;
}

int strcmp(const char *a, const char *b) { return fauxen_compare(a, b, SIZE_MAX, 0); }
int strncmp(const char *a, const char *b, size_t limit) { return fauxen_compare(a, b, limit, 0); }
int strcasecmp(const char *a, const char *b) { return fauxen_compare(a, b, SIZE_MAX, 1); }
int strncasecmp(const char *a, const char *b, size_t limit) { return fauxen_compare(a, b, limit, 1); }

size_t strlcpy(char *to, const char *from, size_t size)
{
    size_t length = strlen(from);

    if ( size )
    {
        size_t fits = length < size ? length : size - 1;

        memcpy(to, from, fits);
        to[fits] = 0;
    }
    return length;
}

size_t strlcat(char *to, const char *from, size_t size)
{
    size_t there = strnlen(to, size);

    return there + strlcpy(to + there, from, size - there);
}

char *strchr(const char *text, int character)
{
    for ( ; *text != (char)character; text++ )
        if ( !*text )
            return NULL;
    return (char *)text;
}

char *strrchr(const char *text, int character)
{
    const char *found = NULL;

    do {
        if ( *text == (char)character )
            found = text;
    } while ( *text++ );
    return (char *)found;
}

char *strstr(const char *text, const char *part)
{
    size_t length = strlen(part);

    for ( ; strncmp(text, part, length); text++ )
        if ( !*text )
            return NULL;
    return (char *)text;
}

size_t strspn(const char *text, const char *accepted)
{
    size_t n = 0;

    while ( text[n] && strchr(accepted, text[n]) )
        n++;
    return n;
}

char *strpbrk(const char *text, const char *any)
{
    for ( ; *text; text++ )
        if ( strchr(any, *text) )
            return (char *)text;
    return NULL;
}

char *strsep(char **rest, const char *separators)
{
    char *part = *rest, *end;

    if ( !part )
        return NULL;
    end = strpbrk(part, separators);
    if ( end )
        *end++ = 0;
    *rest = end;
    return part;
}
