/* ask NUMBER…: makes each hypercall without arguments and prints the result. */
#include "hypercall.h"

int main(int argc, char **argv)
{
    int fd = open_privcmd(O_RDWR);
    for (int i = 1; i < argc; i++) say(argv[i], hypercall(fd, atoi(argv[i]), 0, 0, 0));
    return 0;
}
