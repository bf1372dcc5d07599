// Command target is an HTTP server for tests: it does to each request what the request's query (or a rule for its path)
// says, and keeps an exact log of what it received. See README.md.
package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "target:", err)
		os.Exit(1)
	}
}

func run() error {
	limit, err := strconv.ParseInt(environment("LOG_BYTES", "268435456"), 10, 64)
	if err != nil {
		return fmt.Errorf("LOG_BYTES: %w", err)
	}
	target := newTarget(limit)
	if rules := os.Getenv("RULES"); rules != "" {
		if err := target.rules.set(rules); err != nil {
			return fmt.Errorf("RULES: %w", err)
		}
	}
	listener, err := net.Listen("tcp", environment("LISTEN", ":8080"))
	if err != nil {
		return err
	}
	fmt.Println("listening on", listener.Addr())
	server := target.server()
	stop, cancel := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer cancel()
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return err
	case <-stop.Done():
	}
	within, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if server.Shutdown(within) != nil {
		server.Close()
	}
	return nil
}

func environment(name, otherwise string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return otherwise
}

type connectionKey struct{}

// server is the target as an HTTP/1.1 server, which also speaks HTTP/2 without TLS to clients that begin with it.
func (t *target) server() *http.Server {
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	protocols.SetUnencryptedHTTP2(true)
	return &http.Server{
		Handler:   t.handler(),
		Protocols: protocols,
		ConnState: t.log.state,
		ConnContext: func(ctx context.Context, client net.Conn) context.Context {
			return context.WithValue(ctx, connectionKey{}, t.log.accepted(client))
		},
	}
}
