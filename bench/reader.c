/* Reads ranges of one file over many kept connections and throws the bytes away: a client that costs next to nothing.
 *
 * usage: reader PORT PATH AUTHORIZATION SIZE RANGE READERS SECONDS BYTES_PER_SECOND
 *
 * Each of the READERS asks for RANGE bytes at a time, going through the SIZE bytes of PATH from a place of its own.
 * BYTES_PER_SECOND limits each of them, 0 does not. Prints "bytes answers errors" for the SECONDS of the measurement.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { GULP = 1 << 20, HEAD = 8192, MOST_READERS = 1024 };

struct reader {
    int socket;
    long long offset;    /* where the next range begins */
    long long left;      /* bytes of this answer still to come */
    long long received;  /* bytes of all answers */
    int head_length;     /* how much of the header is there; -1 when it is complete */
    char head[HEAD + 1];
};

static int port;
static const char *path, *authorization;
static long long size, range, answers, errors;

static double now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return at.tv_sec + at.tv_nsec / 1e9;
}

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static void ask(struct reader *it)
{
    char request[2048];
    long long end = it->offset + range < size ? it->offset + range : size;
    int length = snprintf(request, sizeof request,
        "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: %s\r\nRange: bytes=%lld-%lld\r\n\r\n",
        path, port, authorization, it->offset, end - 1);
    it->offset = end < size ? end : 0;
    it->head_length = 0;
    if (send(it->socket, request, length, MSG_NOSIGNAL) != length)
        fail("send");
}

static void open_connection(struct reader *it)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    it->socket = socket(AF_INET, SOCK_STREAM, 0);
    if (it->socket < 0 || connect(it->socket, (struct sockaddr *)&address, sizeof address))
        fail("connect");
    ask(it);
}

static void start_again(struct reader *it)
{
    close(it->socket);
    open_connection(it);
}

/* Reads the header; what arrived of the body with it is counted. */
static void read_head(struct reader *it)
{
    ssize_t got = recv(it->socket, it->head + it->head_length, HEAD - it->head_length, MSG_DONTWAIT);
    if (got <= 0) {
        if (got < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        errors++;
        start_again(it);
        return;
    }
    it->head_length += got;
    it->head[it->head_length] = 0;
    char *end = memmem(it->head, it->head_length, "\r\n\r\n", 4);
    if (!end)
        return;
    char *announced = strcasestr(it->head, "\r\ncontent-length:");
    if (!announced || strncmp(it->head, "HTTP/1.1 206", 12)) {
        if (!errors++)
            fprintf(stderr, "unexpected answer: %.300s\n", it->head);
        start_again(it);
        return;
    }
    int beyond = it->head_length - (int)(end + 4 - it->head);
    it->left = atoll(announced + 17) - beyond;
    it->received += beyond;
    it->head_length = -1;
}

static void read_body(struct reader *it, long long allowed)
{
    static char nowhere[GULP];
    size_t wanted = it->left < GULP ? it->left : GULP;
    if ((long long)wanted > allowed)
        wanted = allowed;
#ifdef __linux__
    ssize_t got = recv(it->socket, NULL, wanted, MSG_DONTWAIT | MSG_TRUNC); /* thrown away inside the kernel */
    (void)nowhere;
#else
    ssize_t got = recv(it->socket, nowhere, wanted, MSG_DONTWAIT);
#endif
    if (got <= 0) {
        if (got < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        errors++;
        start_again(it);
        return;
    }
    it->left -= got;
    it->received += got;
}

int main(int count, char **words)
{
    if (count != 9) {
        fprintf(stderr, "usage: reader PORT PATH AUTHORIZATION SIZE RANGE READERS SECONDS BYTES_PER_SECOND\n");
        return 2;
    }
    port = atoi(words[1]);
    path = words[2];
    authorization = words[3];
    size = atoll(words[4]);
    range = atoll(words[5]);
    int readers = atoi(words[6]);
    double seconds = atof(words[7]), pace = atof(words[8]);
    if (readers < 1 || readers > MOST_READERS)
        return 2;
    struct reader *all = calloc(readers, sizeof *all);
    struct pollfd *watched = calloc(readers, sizeof *watched);
    int *owner = calloc(readers, sizeof *owner);
    if (!all || !watched || !owner)
        fail("calloc");
    for (int n = 0; n < readers; n++) {
        all[n].offset = size / readers * n;
        open_connection(&all[n]);
    }
    double started = now(), elapsed;
    while ((elapsed = now() - started) < seconds) {
        int many = 0;
        for (int n = 0; n < readers; n++)
            if (pace == 0 || all[n].received < pace * elapsed) {
                watched[many] = (struct pollfd){.fd = all[n].socket, .events = POLLIN};
                owner[many++] = n;
            }
        poll(watched, many, many == readers ? 100 : 5);
        for (int place = 0; place < many; place++) {
            struct reader *it = &all[owner[place]];
            if (!watched[place].revents)
                continue;
            if (it->head_length >= 0)
                read_head(it);
            if (it->head_length < 0 && it->left > 0)
                read_body(it, pace == 0 ? GULP : (long long)(pace * elapsed) - it->received + 65536);
            if (it->head_length < 0 && it->left == 0) {
                answers++;
                ask(it);
            }
        }
    }
    long long bytes = 0;
    for (int n = 0; n < readers; n++)
        bytes += all[n].received;
    printf("%lld %lld %lld\n", bytes, answers, errors);
    return 0;
}
