#include <fauxen.h>
