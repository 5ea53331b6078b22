/* Fauxen's side of fauxen.h: comes after the user's file, in the same unit. */
#include "runtime/services.h"
#include "runtime/access.c"
#include "runtime/string.c"
#include "runtime/convert.c"
#include "runtime/memory.c"
#include "runtime/lock.c"
#include "runtime/domain.c"
#include "runtime/sort.c"
