/*
 * A library in C: it finds all primes below ten million once, when it starts, and then answers calls of count(n), the number of
 * primes below n, for as long as they come. Nothing is needed but a C compiler: docs/LIBRARY-PROTOCOL.md is all there is to it.
 */
#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { MOST = 10 * 1000 * 1000, HEADER_BYTES = 1 << 20 };

static uint32_t below[MOST + 1]; /* how many primes there are below each number */
static char header[HEADER_BYTES + 1];
static int worker;

/* What is expensive: done once for all calls. */
static void find_primes(void) {
  static unsigned char is_composite[MOST];
  for (long n = 2; n * n < MOST; n++)
    for (long multiple = n * n; !is_composite[n] && multiple < MOST; multiple += n) is_composite[multiple] = 1;
  for (long n = 2; n < MOST; n++) below[n + 1] = below[n] + !is_composite[n];
}

/* Exactly so many bytes, or the end of the program: without a worker there is nothing to do. */
static void take(void *to, size_t bytes) {
  for (char *at = to; bytes > 0;) {
    ssize_t got = read(worker, at, bytes);
    if (got <= 0) exit(0);
    at += got;
    bytes -= (size_t)got;
  }
}

static void give(const void *from, size_t bytes) {
  for (const char *at = from; bytes > 0;) {
    ssize_t put = write(worker, at, bytes);
    if (put <= 0) exit(0);
    at += put;
    bytes -= (size_t)put;
  }
}

/* A frame without a body. */
static void say(const char *json) {
  uint32_t sizes[2] = {htonl((uint32_t)strlen(json)), 0};
  give(sizes, sizeof sizes);
  give(json, strlen(json));
}

/* Reads the next frame's header, and passes over its body. */
static void hear(void) {
  uint32_t sizes[2];
  take(sizes, sizeof sizes);
  uint32_t header_bytes = ntohl(sizes[0]), body_bytes = ntohl(sizes[1]);
  if (header_bytes > HEADER_BYTES) exit(1);
  take(header, header_bytes);
  header[header_bytes] = '\0';
  for (char byte; body_bytes > 0; body_bytes--) take(&byte, 1);
}

/* What follows a name in the header; a real program has a JSON parser. */
static const char *field(const char *name) {
  const char *at = strstr(header, name);
  return at == NULL ? "" : at + strlen(name);
}

static void answer(void) {
  char json[200];
  long id = atol(field("\"id\":"));
  long n = atol(field("\"args\":["));
  if (strncmp(field("\"function\":\""), "count\"", 6) != 0)
    snprintf(json, sizeof json, "{\"type\":\"error\",\"id\":%ld,\"kind\":\"unknown-function\",\"message\":\"there is only count\"}", id);
  else if (n < 0 || n > MOST)
    snprintf(json, sizeof json, "{\"type\":\"error\",\"id\":%ld,\"kind\":\"exception\",\"message\":\"n must be at most %d\"}", id, MOST);
  else
    snprintf(json, sizeof json, "{\"type\":\"result\",\"id\":%ld,\"value\":%u}", id, below[n]);
  say(json);
}

int main(void) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  const char *path = getenv("VINE_LIBRARY_SOCKET"), *token = getenv("VINE_LIBRARY_TOKEN");
  if (path == NULL || token == NULL) return 2;
  find_primes();
  strncpy(address.sun_path, path, sizeof address.sun_path - 1);
  worker = socket(AF_UNIX, SOCK_STREAM, 0);
  if (connect(worker, (struct sockaddr *)&address, sizeof address) != 0) return 3;
  char hello[400];
  snprintf(hello, sizeof hello,
           "{\"type\":\"hello\",\"protocol\":1,\"token\":\"%s\",\"slots\":1,\"pid\":%ld,\"functions\":[\"count\"]}", token, (long)getpid());
  say(hello);
  for (;;) {
    hear();
    if (strncmp(field("\"type\":\""), "call\"", 5) == 0) answer();
    else if (strncmp(field("\"type\":\""), "end\"", 4) == 0) return 0;
  }
}
