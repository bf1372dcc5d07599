// Command testpod is what test.sh runs in its pods: a small server, and what one asks from inside a pod.
package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"syscall"
	"time"
)

func main() {
	if len(os.Args) < 2 {
		fail(fmt.Errorf("usage: testpod serve | get URL | lookup NAME | burn DURATION | write FILE TEXT"))
	}
	switch arguments := os.Args[2:]; os.Args[1] {
	case "serve":
		serve()
	case "get":
		client := http.Client{Timeout: 5 * time.Second}
		answer, err := client.Get(arguments[0])
		fail(err)
		defer answer.Body.Close()
		_, err = io.Copy(os.Stdout, answer.Body)
		fail(err)
	case "lookup":
		addresses, err := net.DefaultResolver.LookupHost(context.Background(), arguments[0])
		fail(err)
		fmt.Println(strings.Join(addresses, " "))
	case "burn":
		wall, err := time.ParseDuration(arguments[0])
		fail(err)
		fmt.Println(burn(wall).Milliseconds())
	case "write":
		fail(os.WriteFile(arguments[0], []byte(arguments[1]), 0o644))
	default:
		fail(fmt.Errorf("unknown command %q", os.Args[1]))
	}
}

func serve() {
	name, err := os.Hostname()
	fail(err)
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM)
	go func() {
		<-stop
		os.Exit(0)
	}()
	fmt.Println("serving as", name)
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, name, "to", r.RemoteAddr) })
	fail(http.ListenAndServe(":8080", nil))
}

// burn keeps two threads busy for the time and returns the processor time that they got.
func burn(wall time.Duration) time.Duration {
	runtime.GOMAXPROCS(2)
	deadline := time.Now().Add(wall)
	done := make(chan struct{})
	for range 2 {
		go func() {
			for time.Now().Before(deadline) {
			}
			done <- struct{}{}
		}()
	}
	<-done
	<-done
	var usage syscall.Rusage
	fail(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "testpod:", err)
		os.Exit(1)
	}
}
