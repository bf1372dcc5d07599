package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

type target struct {
	log         *requestLog
	rules       *rules
	pausedUntil atomic.Int64 // on the monotonic clock
}

func newTarget(limit int64) *target { return &target{log: newLog(limit), rules: newRules()} }

// handler serves the control paths, which are in no count, and everything else as a request to log.
func (t *target) handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.Method + " " + r.URL.Path {
		case "GET /ready":
			io.WriteString(w, "OK")
		case "GET /log":
			w.Header().Set("Content-Type", "application/jsonl")
			t.log.writeTo(w)
		case "GET /counts":
			w.Header().Set("Content-Type", "application/json")
			t.log.writeCounts(w)
		case "POST /reset":
			t.log.reset()
		case "POST /rules":
			text, err := io.ReadAll(r.Body)
			if err == nil {
				err = t.rules.set(string(text))
			}
			refuse(w, err)
		case "POST /pause":
			length, err := time.ParseDuration(r.URL.Query().Get("for"))
			if err == nil {
				t.pausedUntil.Store(nanos() + int64(length))
			}
			refuse(w, err)
		default:
			t.serve(w, r)
		}
	})
}

func refuse(w http.ResponseWriter, err error) {
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
	}
}

// serve logs a request and does to it what its behaviour says.
func (t *target) serve(w http.ResponseWriter, r *http.Request) {
	record := &record{wallNanos: time.Now().UnixNano(), arrivedNanos: nanos(), request: r}
	record.connection = r.Context().Value(connectionKey{}).(*connection)
	t.log.begin(record)
	ended := false
	end := func(status int) {
		record.status, record.aborted, record.repliedNanos = status, status == 0, nanos()
		t.log.end(record)
		ended = true
	}
	defer func() {
		if !ended {
			end(0)
		}
	}()

	var err error
	if record.body, err = io.ReadAll(r.Body); err != nil {
		panic(http.ErrAbortHandler)
	}
	rule := t.rules.rule(r.URL.Path)
	b, err := rule.of(r.URL.RawQuery)
	if err != nil {
		end(http.StatusBadRequest)
		refuse(w, err)
		return
	}
	turn := rule.turn.Add(1) - 1
	if !t.work(r.Context(), rule, b, turn) {
		panic(http.ErrAbortHandler)
	}
	if b.reset {
		end(0)
		reset(w)
		return
	}
	status := b.status(turn)
	content, contentType := answer(b, &status, record.body)
	header := w.Header()
	if status == http.StatusNoContent || status == http.StatusNotModified {
		content = nil
	} else {
		header.Set("Content-Type", contentType)
		header.Set("Content-Length", strconv.Itoa(len(content)))
	}
	for _, h := range b.headers {
		header.Add(h[0], h[1])
	}
	if b.close {
		header.Set("Connection", "close")
	}
	if b.truncate {
		header.Set("Content-Length", strconv.Itoa(len(content)+1000))
		w.WriteHeader(status)
		w.Write(content)
		http.NewResponseController(w).Flush()
		end(0)
		panic(http.ErrAbortHandler)
	}
	if b.stall > 0 {
		w.WriteHeader(status)
		half := len(content) / 2
		w.Write(content[:half])
		http.NewResponseController(w).Flush()
		if !wait(r.Context(), b.stall) {
			panic(http.ErrAbortHandler)
		}
		end(status)
		w.Write(content[half:])
		return
	}
	end(status)
	w.WriteHeader(status)
	w.Write(content)
}

// work takes the time that an answer takes: a free worker, the delay, the target's pause. False: the client left.
func (t *target) work(ctx context.Context, rule *rule, b *behaviour, turn int64) bool {
	if b.hang {
		<-ctx.Done()
		return false
	}
	if rule.workers != nil {
		select {
		case <-rule.workers:
			defer func() { rule.workers <- struct{}{} }()
		case <-ctx.Done():
			return false
		}
	}
	if !wait(ctx, b.delay(turn)) {
		return false
	}
	for {
		left := t.pausedUntil.Load() - nanos()
		if left <= 0 {
			return true
		}
		if !wait(ctx, time.Duration(left)) {
			return false
		}
	}
}

func wait(ctx context.Context, length time.Duration) bool {
	if length <= 0 {
		return true
	}
	timer := time.NewTimer(length)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

func reset(w http.ResponseWriter) {
	connection, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler) // HTTP/2 resets the stream
	}
	if tcp, ok := connection.(*net.TCPConn); ok {
		tcp.SetLinger(0)
	}
	connection.Close()
}

func answer(b *behaviour, status *int, request []byte) (content []byte, contentType string) {
	switch {
	case b.size >= 0:
		content, contentType = bytes.Repeat([]byte("x"), b.size), "application/octet-stream"
	case b.echo:
		content, contentType = request, "application/octet-stream"
	case b.body != "":
		content, contentType = []byte(b.body), "text/plain; charset=utf-8"
	case b.model && *status == http.StatusOK:
		*status, content, contentType = diagnose(request)
	default:
		content, contentType = fmt.Appendf(nil, "{\"ok\":%t}\n", *status < 400), "application/json"
	}
	if b.contentType != "" {
		contentType = b.contentType
	}
	return content, contentType
}

var fields = strings.Fields("age sex cp trestbps chol fbs restecg thalach exang oldpeak slope ca thal")

// diagnose answers as the model service does, but for its judgement: here, those over 54 are ill.
func diagnose(request []byte) (status int, content []byte, contentType string) {
	const html = "text/html; charset=utf-8"
	var patient map[string]json.RawMessage
	if err := json.Unmarshal(request, &patient); err != nil || len(patient) == 0 {
		return http.StatusInternalServerError, []byte("Oops, got an error! expected a JSON object with a patient's fields"), html
	}
	for _, field := range fields {
		if _, there := patient[field]; !there {
			return http.StatusBadRequest, []byte("columns are missing: " + field), html
		}
	}
	var age *float64
	if err := json.Unmarshal(patient["age"], &age); err != nil {
		return http.StatusBadRequest, []byte("age: could not convert to a number: " + string(patient["age"])), html
	}
	if age != nil && *age > 54 {
		return http.StatusOK, []byte("{\"diagnosis\":\"heart-disease\"}\n"), "application/json"
	}
	return http.StatusOK, []byte("{\"diagnosis\":\"clear\"}\n"), "application/json"
}
