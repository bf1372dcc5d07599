// A target with a known truth: answers every request after a fixed time, freezes on a schedule, and logs what it did.
// One thread, one epoll, a backlog of 4,096.
//
//   stall-target PORT LOG [ANSWER_MICROS [FIRST_FREEZE_MS FREEZE_MS EVERY_MS]]
//
// Freezes count from the first request: [first + k * every, first + k * every + freeze). While frozen it reads and
// writes nothing, as a process in a long collection would; the kernel goes on accepting connections and bytes.
//
// LOG is written on SIGTERM or SIGINT, in nanoseconds of CLOCK_REALTIME, one line each:
//   freeze <from> <until>
//   request <arrived> <replied> <user> <iteration>
// LOG.count holds the number of requests answered so far, 8 bytes in the machine's order, while it runs.
// "arrived" is the kernel's own stamp of the request's last segment, so a freeze does not shift it; "replied" is right
// before the answer is written. User and iteration are what the headers X-Squall-User and X-Squall-Iteration say, -1
// without them.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { PENDING = 1 << 17, MAX_FD = 1 << 16 };

struct waiting {
  int fd;
  int generation;
  int64_t arrived, due, user, iteration;
};

struct line {
  int64_t from, until;
};

struct served {
  int64_t arrived, replied, user, iteration;
};

static const char answer[] = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\nok\n";
static struct waiting queue[PENDING];
static unsigned head, tail;
static int generation_of[MAX_FD];
static char tail_of[MAX_FD][3]; // the last bytes read, for a head that ends across two reads
static struct served *requests;
static struct line *freezes;
static size_t requests_used, requests_size, freezes_used;
static volatile uint64_t *count;
static volatile sig_atomic_t ended;

static void on_signal(int signal) {
  (void)signal;
  ended = 1;
}

static void die(const char *what) {
  perror(what);
  exit(1);
}

static int64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_REALTIME, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void log_request(const struct waiting *of, int64_t replied) {
  if (requests_used == requests_size) {
    requests_size = requests_size ? requests_size * 2 : 1 << 20;
    requests = realloc(requests, requests_size * sizeof *requests);
    if (!requests) die("realloc");
  }
  requests[requests_used++] = (struct served){of->arrived, replied, of->user, of->iteration};
  *count = requests_used;
}

static void accept_all(int epoll, int listener) {
  int fd, one = 1;
  while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
    if (fd >= MAX_FD) {
      close(fd);
      continue;
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    generation_of[fd]++;
    memset(tail_of[fd], 0, 3);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
  }
}

// The number that a header of the head in [head, end) has; -1 if it is not there.
static int64_t number_of(const char *head, const char *end, const char *header) {
  const char *at = memmem(head, end - head, header, strlen(header));
  return at ? strtoll(at + strlen(header), NULL, 10) : -1;
}

// Reads what is there and queues an answer for every head that ended in it. Returns when the socket is empty.
static void read_all(int fd, int64_t answer_nanos) {
  for (;;) {
    char buffer[8192 + 3], control[256];
    memcpy(buffer, tail_of[fd], 3);
    struct iovec to = {buffer + 3, sizeof buffer - 3};
    struct msghdr message = {.msg_iov = &to, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
    ssize_t got = recvmsg(fd, &message, 0);
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) {
      generation_of[fd]++;
      close(fd);
      return;
    }
    int64_t arrived = now();
    for (struct cmsghdr *c = CMSG_FIRSTHDR(&message); c; c = CMSG_NXTHDR(&message, c))
      if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_TIMESTAMPNS) {
        struct timespec t;
        memcpy(&t, CMSG_DATA(c), sizeof t);
        if (t.tv_sec > 0) arrived = t.tv_sec * 1000000000LL + t.tv_nsec;
      }
    int64_t read_at = now();
    char *from = buffer;
    for (char *at = buffer, *end = buffer + 3 + got; (at = memmem(at, end - at, "\r\n\r\n", 4)); from = at += 4) {
      if (tail - head == PENDING) die("too many requests wait for their answer");
      queue[tail++ % PENDING] = (struct waiting){
          fd, generation_of[fd], arrived, read_at + answer_nanos,
          number_of(from, at, "\r\nX-Squall-User: "), number_of(from, at, "\r\nX-Squall-Iteration: ")};
    }
    memcpy(tail_of[fd], buffer + got, 3);
    if (got < (ssize_t)to.iov_len) return;
  }
}

static void answer_due(void) {
  while (head != tail && queue[head % PENDING].due <= now()) {
    struct waiting *w = &queue[head++ % PENDING];
    if (w->generation != generation_of[w->fd]) continue;
    int64_t replied = now();
    if (send(w->fd, answer, sizeof answer - 1, MSG_NOSIGNAL) > 0) log_request(w, replied);
  }
}

static int listen_on(int port) {
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), one = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, &one, sizeof one); // accepted sockets inherit it
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  if (bind(fd, (struct sockaddr *)&at, sizeof at) < 0) die("bind");
  if (listen(fd, 4096) < 0) die("listen");
  return fd;
}

static void share_count(const char *log) {
  char path[4096];
  snprintf(path, sizeof path, "%s.count", log);
  int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0644);
  if (fd < 0 || ftruncate(fd, sizeof *count) < 0) die(path);
  count = mmap(NULL, sizeof *count, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (count == MAP_FAILED) die("mmap");
}

static void write_log(const char *path) {
  FILE *out = fopen(path, "w");
  if (!out) die(path);
  for (size_t i = 0; i < freezes_used; i++) fprintf(out, "freeze %ld %ld\n", freezes[i].from, freezes[i].until);
  for (size_t i = 0; i < requests_used; i++) {
    const struct served *r = &requests[i];
    fprintf(out, "request %ld %ld %ld %ld\n", r->arrived, r->replied, r->user, r->iteration);
  }
  if (fclose(out) != 0) die(path);
}

static void sleep_until(int64_t until) {
  struct timespec t = {until / 1000000000, until % 1000000000};
  while (!ended && clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &t, NULL) == EINTR) {}
}

int main(int argc, char **argv) {
  if (argc != 3 && argc != 4 && argc != 7) {
    fprintf(stderr, "usage: stall-target PORT LOG [ANSWER_MICROS [FIRST_FREEZE_MS FREEZE_MS EVERY_MS]]\n");
    return 2;
  }
  int64_t answer_nanos = argc > 3 ? atol(argv[3]) * 1000 : 0;
  int64_t first = argc > 4 ? atol(argv[4]) * 1000000 : 0, freeze = argc > 4 ? atol(argv[5]) * 1000000 : 0;
  int64_t every = argc > 4 ? atol(argv[6]) * 1000000 : 0, next_freeze = 0;
  struct rlimit files = {MAX_FD, MAX_FD};
  setrlimit(RLIMIT_NOFILE, &files);
  signal(SIGTERM, on_signal);
  signal(SIGINT, on_signal);
  freezes = calloc(1 << 16, sizeof *freezes);
  share_count(argv[2]);
  int listener = listen_on(atoi(argv[1])), epoll = epoll_create1(0);
  struct epoll_event event = {.events = EPOLLIN, .data.fd = listener};
  epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event);
  struct epoll_event events[1024];
  while (!ended) {
    int64_t wait = head != tail ? queue[head % PENDING].due - now() : 100000000;
    if (next_freeze && next_freeze - now() < wait) wait = next_freeze - now();
    struct timespec timeout = {0, wait > 0 ? wait : 0};
    int ready = epoll_pwait2(epoll, events, 1024, &timeout, NULL);
    if (next_freeze && now() >= next_freeze && freezes_used < 1 << 16) {
      int64_t until = next_freeze + freeze;
      sleep_until(until);
      freezes[freezes_used++] = (struct line){next_freeze, until};
      next_freeze += every;
    }
    for (int i = 0; i < ready; i++)
      if (events[i].data.fd == listener)
        accept_all(epoll, listener);
      else
        read_all(events[i].data.fd, answer_nanos);
    if (every && !next_freeze && tail) next_freeze = queue[0].arrived + first;
    answer_due();
  }
  write_log(argv[2]);
  return 0;
}
