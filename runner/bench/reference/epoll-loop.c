// The least a client can do: the yardstick of the bench. One thread, one epoll, N keep-alive connections, each with one
// GET in flight; of an answer it checks the status 200 and reads Content-Length; its time goes into a histogram with
// 3 significant digits. No users, no timeouts, no expectations, no snapshots.
//
//   epoll-loop ADDRESS PORT PATH CONNECTIONS SECONDS
//
// Prints one line of JSON: {"requests": …, "failures": …, "p99Micros": …}.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

struct connection {
  int fd;
  int used;
  int64_t sent;
  char buffer[4096];
};

static char request[512];
static int request_length;
static uint64_t requests, failures;
static uint64_t buckets[64 * 1024];

static int64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void die(const char *what) {
  perror(what);
  exit(1);
}

// 1,024 buckets for each power of two above 2^11 nanoseconds.
static int bucket_of(uint64_t nanos) {
  int shift = 64 - __builtin_clzll(nanos | 2047) - 11;
  return (shift << 10) + (int)(nanos >> shift);
}

static double p99(void) {
  uint64_t seen = 0, rank = requests - requests / 100;
  for (int i = 0; i < 64 * 1024; i++)
    if ((seen += buckets[i]) >= rank && seen > 0) {
      int shift = i < 2048 ? 0 : (i >> 10) - 1;
      return (double)((uint64_t)(i - (shift << 10)) << shift) / 1000;
    }
  return 0;
}

static void send_request(struct connection *c) {
  c->used = 0;
  c->sent = now();
  if (write(c->fd, request, request_length) != request_length) die("write");
}

// Bytes of the whole answer, or 0 while its head is incomplete.
static int answer_length(struct connection *c) {
  char *end = memmem(c->buffer, c->used, "\r\n\r\n", 4);
  if (!end) return 0;
  char *length = memmem(c->buffer, c->used, "Content-Length: ", 16);
  return (int)(end + 4 - c->buffer) + (length ? atoi(length + 16) : 0);
}

static void readable(struct connection *c, int64_t end) {
  int got = (int)read(c->fd, c->buffer + c->used, sizeof c->buffer - c->used);
  if (got < 0 && errno == EAGAIN) return;
  if (got <= 0) die("the server closed a connection");
  c->used += got;
  int length = answer_length(c);
  if (length == 0 || c->used < length) return;
  int64_t done = now();
  requests++;
  if (memcmp(c->buffer, "HTTP/1.1 200", 12) != 0) failures++;
  buckets[bucket_of(done - c->sent)]++;
  if (done < end) send_request(c);
}

int main(int argc, char **argv) {
  if (argc != 6) {
    fprintf(stderr, "usage: epoll-loop ADDRESS PORT PATH CONNECTIONS SECONDS\n");
    return 2;
  }
  int connections = atoi(argv[4]);
  request_length =
      snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: %s:%s\r\n\r\n", argv[3], argv[1], argv[2]);
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[2]))};
  inet_pton(AF_INET, argv[1], &to.sin_addr);
  struct connection *all = calloc(connections, sizeof *all);
  int epoll = epoll_create1(0), one = 1;
  for (int i = 0; i < connections; i++) {
    all[i].fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(all[i].fd, (struct sockaddr *)&to, sizeof to) < 0) die("connect");
    setsockopt(all[i].fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = &all[i]};
    epoll_ctl(epoll, EPOLL_CTL_ADD, all[i].fd, &event);
  }
  int64_t end = now() + atoi(argv[5]) * 1000000000LL;
  for (int i = 0; i < connections; i++) send_request(&all[i]);
  struct epoll_event events[1024];
  // Half a second past the end, so that what is in flight is answered and counted.
  while (now() < end + 500000000LL) {
    int ready = epoll_wait(epoll, events, 1024, 100);
    for (int i = 0; i < ready; i++) readable(events[i].data.ptr, end);
  }
  printf("{\"requests\": %lu, \"failures\": %lu, \"p99Micros\": %.1f}\n", requests, failures, p99());
  return 0;
}
