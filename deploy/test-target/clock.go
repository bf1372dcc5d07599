package main

import (
	"syscall"
	"time"
	"unsafe"
)

// start pairs an instant of Go's clock with the machine's monotonic one (CLOCK_MONOTONIC): the clock of Java's
// System.nanoTime() and Python's time.monotonic_ns() on Linux, so that a test on this machine can compare instants.
var start, startNanos = func() (time.Time, int64) {
	const clockMonotonic = 1
	var now syscall.Timespec
	if _, _, errno := syscall.Syscall(syscall.SYS_CLOCK_GETTIME, clockMonotonic, uintptr(unsafe.Pointer(&now)), 0); errno != 0 {
		panic(errno)
	}
	return time.Now(), now.Nano()
}()

// nanos is now on the machine's monotonic clock.
func nanos() int64 { return startNanos + int64(time.Since(start)) }
