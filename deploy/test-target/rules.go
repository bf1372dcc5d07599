package main

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// behaviour is what the target does to a request. Its zero value answers 200 and {"ok":true} at once.
type behaviour struct {
	statuses           []int // by the request's number on its path, over and over
	delayMin, delayMax time.Duration
	stall              time.Duration // between the answer's halves
	size               int           // of the answer; -1: not given
	body, contentType  string
	headers            [][2]string
	echo               bool
	model              bool // answers as the model service
	close              bool // Connection: close
	reset              bool // breaks the connection instead of an answer
	hang               bool // never answers
	truncate           bool // promises a longer answer than it sends, then closes
	workers            int  // of a path's requests, this many at once; the others wait; 0: any number
}

func (b *behaviour) status(turn int64) int {
	if len(b.statuses) == 0 {
		return http.StatusOK
	}
	return b.statuses[turn%int64(len(b.statuses))]
}

// delay is drawn from the request's number alone: the same for the same number.
func (b *behaviour) delay(turn int64) time.Duration {
	if b.delayMax <= b.delayMin {
		return b.delayMin
	}
	drawn := rand.New(rand.NewPCG(uint64(turn), 0)).Int64N(int64(b.delayMax - b.delayMin))
	return b.delayMin + time.Duration(drawn)
}

func parse(query url.Values) (*behaviour, error) {
	b := &behaviour{size: -1}
	for name, values := range query {
		value := values[len(values)-1]
		var err error
		switch name {
		case "status":
			err = each(value, func(word string) error {
				status, err := strconv.Atoi(word)
				if err == nil && (status < 200 || status > 999) {
					err = fmt.Errorf("%d is no final status", status)
				}
				b.statuses = append(b.statuses, status)
				return err
			})
		case "delay":
			low, high, ranged := strings.Cut(value, "..")
			if b.delayMin, err = time.ParseDuration(low); err == nil && ranged {
				b.delayMax, err = time.ParseDuration(high)
			}
		case "stall":
			b.stall, err = time.ParseDuration(value)
		case "size":
			if b.size, err = strconv.Atoi(value); err == nil && (b.size < 0 || b.size > 1<<30) {
				err = fmt.Errorf("%d is not within 0 and %d", b.size, 1<<30)
			}
		case "workers":
			b.workers, err = strconv.Atoi(value)
		case "body":
			b.body = value
		case "type":
			b.contentType = value
		case "header":
			for _, header := range values {
				name, content, found := strings.Cut(header, ":")
				if !found {
					err = fmt.Errorf("%q is not NAME:VALUE", header)
				}
				b.headers = append(b.headers, [2]string{name, strings.TrimSpace(content)})
			}
		case "echo", "model", "close", "reset", "hang", "truncate":
			var on bool
			on, err = strconv.ParseBool(value)
			*map[string]*bool{
				"echo": &b.echo, "model": &b.model, "close": &b.close, "reset": &b.reset, "hang": &b.hang, "truncate": &b.truncate,
			}[name] = on
		}
		if err != nil {
			return nil, fmt.Errorf("%s=%s: %w", name, value, err)
		}
	}
	return b, nil
}

func each(list string, do func(string) error) error {
	for word := range strings.SplitSeq(list, ",") {
		if err := do(strings.TrimSpace(word)); err != nil {
			return err
		}
	}
	return nil
}

// rules says what is done to the requests of a path; a request's own query goes over it, name by name.
type rules struct{ paths sync.Map } // string → *rule

type rule struct {
	query     url.Values
	behaviour *behaviour
	workers   chan struct{} // holds what is free; nil: any number
	turn      atomic.Int64
}

const builtIn = "/health body=OK&type=text/html\n/predict model=1"

func newRules() *rules {
	r := &rules{}
	if err := r.set(builtIn); err != nil {
		panic(err)
	}
	return r
}

// set puts rules in force: a line for each path, "PATH QUERY". Paths that it doesn't name keep theirs. On an error, none
// is changed.
func (r *rules) set(text string) error {
	paths := map[string]*rule{}
	for line := range strings.Lines(text) {
		path, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		if path == "" {
			continue
		}
		if path[0] != '/' {
			return fmt.Errorf("%q: a line is a path that begins with /, a blank, and a query such as status=503&delay=1s", line)
		}
		query, err := url.ParseQuery(strings.TrimSpace(rest))
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		if paths[path], err = newRule(query); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	for path, rule := range paths {
		r.paths.Store(path, rule)
	}
	return nil
}

func newRule(query url.Values) (*rule, error) {
	b, err := parse(query)
	if err != nil {
		return nil, err
	}
	r := &rule{query: query, behaviour: b}
	if b.workers > 0 {
		r.workers = make(chan struct{}, b.workers)
		for range b.workers {
			r.workers <- struct{}{}
		}
	}
	return r, nil
}

// rule is the path's own, made at its first request if none was set.
func (r *rules) rule(path string) *rule {
	if found, there := r.paths.Load(path); there {
		return found.(*rule)
	}
	found, _ := r.paths.LoadOrStore(path, &rule{behaviour: &behaviour{size: -1}})
	return found.(*rule)
}

// of is the behaviour towards a request with this query.
func (r *rule) of(rawQuery string) (*behaviour, error) {
	if rawQuery == "" {
		return r.behaviour, nil
	}
	query, err := url.ParseQuery(rawQuery)
	if err != nil {
		return nil, err
	}
	for name, values := range r.query {
		if !query.Has(name) {
			query[name] = values
		}
	}
	return parse(query)
}
