/* xen/string.h, xen/ctype.h, and the conversions of xen/lib.h. */
#ifndef FAUXEN_STRING_H
#define FAUXEN_STRING_H

void *memset(void *to, int value, size_t bytes);
void *memcpy(void *to, const void *from, size_t bytes);
void *memmove(void *to, const void *from, size_t bytes);
int memcmp(const void *a, const void *b, size_t bytes);
void *memchr(const void *in, int value, size_t bytes);
void *memchr_inv(const void *in, int value, size_t bytes);
size_t strlen(const char *text);
size_t strnlen(const char *text, size_t limit);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t limit);
int strcasecmp(const char *a, const char *b);
int strncasecmp(const char *a, const char *b, size_t limit);
#define strnicmp(a, b, limit) strncasecmp(a, b, limit)
size_t strlcpy(char *to, const char *from, size_t size);
size_t strlcat(char *to, const char *from, size_t size);
char *strchr(const char *text, int character);
char *strrchr(const char *text, int character);
char *strstr(const char *text, const char *part);
char *strpbrk(const char *text, const char *any);
size_t strspn(const char *text, const char *accepted);
char *strsep(char **rest, const char *separators);
#define safe_strcpy(array, text) (BUILD_BUG_ON_ZERO(sizeof(array) == sizeof(char *)) + (strlcpy(array, text, sizeof(array)) >= sizeof(array)))
#define safe_strcat(array, text) (strlcat(array, text, sizeof(array)) >= sizeof(array))

#define FAUXEN_NOT_IN_XEN(use) __attribute__((unavailable("Xen has none either, since it knows no length: use " use)))
char *strcpy(char *to, const char *from) FAUXEN_NOT_IN_XEN("strlcpy");
char *strcat(char *to, const char *from) FAUXEN_NOT_IN_XEN("strlcat");
char *strncpy(char *to, const char *from, size_t size) FAUXEN_NOT_IN_XEN("strlcpy");
char *strncat(char *to, const char *from, size_t size) FAUXEN_NOT_IN_XEN("strlcat");
int sprintf(char *to, const char *format, ...) FAUXEN_NOT_IN_XEN("snprintf");
int vsprintf(char *to, const char *format, va_list list) FAUXEN_NOT_IN_XEN("vsnprintf");

static inline int isdigit(int c) { return c >= '0' && c <= '9'; }
static inline int isupper(int c) { return c >= 'A' && c <= 'Z'; }
static inline int islower(int c) { return c >= 'a' && c <= 'z'; }
static inline int isalpha(int c) { return isupper(c) || islower(c); }
static inline int isalnum(int c) { return isalpha(c) || isdigit(c); }
static inline int isxdigit(int c) { return isdigit(c) || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f'); }
static inline int isspace(int c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
static inline int isprint(int c) { return c >= ' ' && c < 127; }
static inline int isgraph(int c) { return c > ' ' && c < 127; }
static inline int iscntrl(int c) { return (c >= 0 && c < ' ') || c == 127; }
static inline int ispunct(int c) { return isgraph(c) && !isalnum(c); }
static inline int tolower(int c) { return isupper(c) ? c + 32 : c; }
static inline int toupper(int c) { return islower(c) ? c - 32 : c; }

unsigned long simple_strtoul(const char *text, const char **end, unsigned int base);
long simple_strtol(const char *text, const char **end, unsigned int base);
unsigned long long simple_strtoull(const char *text, const char **end, unsigned int base);
long long simple_strtoll(const char *text, const char **end, unsigned int base);
unsigned long long parse_size_and_unit(const char *text, const char **end);
int parse_bool(const char *text, const char *end);

#endif
