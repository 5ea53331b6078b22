/* Conversion of text to numbers, as in xen/lib.h: the only sign of an error is that the end did not move. */

unsigned long long simple_strtoull(const char *text, const char **end, unsigned int base)
{
    unsigned long long value = 0;

    if ( !base )
    {
        base = *text == '0' ? 8 : 10;
        if ( *text == '0' && tolower(text[1]) == 'x' && isxdigit(text[2]) )
            base = 16;
    }
    if ( base == 16 && *text == '0' && tolower(text[1]) == 'x' )
        text += 2;
    while ( isalnum(*text) )
    {
        unsigned int digit = isdigit(*text) ? *text - '0' : tolower(*text) - 'a' + 10;

        if ( digit >= base )
            break;
        value = value * base + digit;
        text++;
    }
    if ( end )
        *end = text;
    return value;
}

long long simple_strtoll(const char *text, const char **end, unsigned int base)
{
    return *text == '-' ? -(long long)simple_strtoull(text + 1, end, base) : (long long)simple_strtoull(text, end, base);
}

unsigned long simple_strtoul(const char *text, const char **end, unsigned int base) { return simple_strtoull(text, end, base); }
long simple_strtol(const char *text, const char **end, unsigned int base) { return simple_strtoll(text, end, base); }

unsigned long long parse_size_and_unit(const char *text, const char **end)
{
    const char *rest;
    unsigned long long value = simple_strtoull(text, &rest, 0);
    unsigned int shift = 10; /* without a unit: KiB */

    switch ( tolower(*rest) )
    {
    case 't': shift = 40; rest++; break;
    case 'g': shift = 30; rest++; break;
    case 'm': shift = 20; rest++; break;
    case 'k': rest++; break;
    case 'b': shift = 0; rest++; break;
    }
    if ( end )
        *end = rest;
    return value << shift;
}

int parse_bool(const char *text, const char *end)
{
    static const char *const words[] = { "no", "off", "false", "disable", "0", "yes", "on", "true", "enable", "1" };
    size_t length = end ? (size_t)(end - text) : strlen(text);
    unsigned int i;

    for ( i = 0; i < ARRAY_SIZE(words); i++ )
        if ( strlen(words[i]) == length && !strncmp(text, words[i], length) )
            return i >= ARRAY_SIZE(words) / 2;
    return -1;
}
