package main

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

const (
	chunkBytes     = 1 << 20
	bodyInLogBytes = 64 << 10
	valuesInCounts = 1000
)

// record is one request, from its first byte seen to its answer.
type record struct {
	epoch        int64 // which of the times between two resets it arrived in
	sequence     int64
	connection   *connection
	wallNanos    int64
	arrivedNanos int64
	repliedNanos int64
	status       int // 0: none was sent
	aborted      bool
	request      *http.Request
	body         []byte
}

// requestLog counts every request exactly, and keeps its line while there is room. All methods may be called by any
// goroutine.
type requestLog struct {
	limit int64

	mutex    sync.Mutex
	epoch    int64
	sequence int64
	chunks   [][]byte
	bytes    int64
	lines    int64
	counts   counts
	headers  map[string]map[string]int64
	bodies   map[[16]byte]int64
	numbers  int64 // of connections
	open     map[net.Conn]*connection
}

// connection is a client's TCP connection. It is counted from its first request that is logged: those of probes and of
// the tests that ask for the counts are not.
type connection struct {
	number int64
	epoch  int64 // the last that it is counted in
}

// counts is what GET /counts answers.
type counts struct {
	Requests int64 `json:"requests"` // arrived: replied, aborted and in flight together
	Replied  int64 `json:"replied"`
	Aborted  int64 `json:"aborted"` // the client left before its answer, or a rule broke the connection
	InFlight int64 `json:"inFlight"`

	Connections struct {
		Opened   int64 `json:"opened"`
		Open     int64 `json:"open"`
		MostOpen int64 `json:"mostOpen"`
	} `json:"connections"`

	Statuses map[string]int64            `json:"statuses"`
	Paths    map[string]map[string]int64 `json:"paths"` // path → status → requests; status 0 is an aborted one
	Headers  map[string]multiset         `json:"headers"`
	Bodies   multiset                    `json:"bodies"`

	FirstArrivedNanos int64 `json:"firstArrivedNanos"`
	LastArrivedNanos  int64 `json:"lastArrivedNanos"`
	LastRepliedNanos  int64 `json:"lastRepliedNanos"`

	Log struct {
		Lines   int64 `json:"lines"`
		Dropped int64 `json:"dropped"` // requests that are counted, and not in the log, which was full
	} `json:"log"`
}

// multiset sums up how often each value was seen.
type multiset struct {
	Requests     int64            `json:"requests"`
	Distinct     int              `json:"distinct"`
	MostRepeated int64            `json:"mostRepeated"`     // how often the most frequent one was seen
	Values       map[string]int64 `json:"values,omitempty"` // left out where there are more than 1000
}

func newLog(limit int64) *requestLog {
	log := &requestLog{limit: limit, open: map[net.Conn]*connection{}}
	log.clear()
	return log
}

func (l *requestLog) clear() {
	l.epoch++
	l.sequence, l.bytes, l.lines, l.chunks = 0, 0, 0, nil
	l.counts = counts{Statuses: map[string]int64{}, Paths: map[string]map[string]int64{}}
	l.headers = map[string]map[string]int64{}
	l.bodies = map[[16]byte]int64{}
}

// reset forgets everything; a request that arrived before is not counted when it ends.
func (l *requestLog) reset() {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.clear()
}

// accepted gives a new connection its number.
func (l *requestLog) accepted(client net.Conn) *connection {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.numbers++
	l.open[client] = &connection{number: l.numbers}
	return l.open[client]
}

func (l *requestLog) state(client net.Conn, state http.ConnState) {
	if state != http.StateClosed && state != http.StateHijacked {
		return
	}
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if connection := l.open[client]; connection != nil && connection.epoch == l.epoch {
		l.counts.Connections.Open--
	}
	delete(l.open, client)
}

// begin counts an arrival and gives it its number in its epoch.
func (l *requestLog) begin(r *record) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	r.epoch, r.sequence = l.epoch, l.sequence
	l.sequence++
	l.counts.Requests++
	if r.connection.epoch != l.epoch {
		r.connection.epoch = l.epoch
		l.counts.Connections.Opened++
		l.counts.Connections.Open++
		l.counts.Connections.MostOpen = max(l.counts.Connections.MostOpen, l.counts.Connections.Open)
	}
	if l.counts.FirstArrivedNanos == 0 {
		l.counts.FirstArrivedNanos = r.arrivedNanos
	}
	l.counts.LastArrivedNanos = max(l.counts.LastArrivedNanos, r.arrivedNanos)
}

// end counts a request's outcome and writes its line. Called before the answer's last byte is handed over, so whoever
// has the answer finds the line.
func (l *requestLog) end(r *record) {
	line := r.line()
	hash := sha256.Sum256(r.body)
	status := strconv.Itoa(r.status)
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if r.epoch != l.epoch {
		return
	}
	if r.aborted {
		l.counts.Aborted++
	} else {
		l.counts.Replied++
		l.counts.Statuses[status]++
		l.counts.LastRepliedNanos = max(l.counts.LastRepliedNanos, r.repliedNanos)
	}
	path := l.counts.Paths[r.request.URL.Path]
	if path == nil {
		path = map[string]int64{}
		l.counts.Paths[r.request.URL.Path] = path
	}
	path[status]++
	for name, values := range r.request.Header {
		if logged(name) {
			seen := l.headers[name]
			if seen == nil {
				seen = map[string]int64{}
				l.headers[name] = seen
			}
			seen[strings.Join(values, ", ")]++
		}
	}
	l.bodies[[16]byte(hash[:16])]++
	l.write(line)
}

func (l *requestLog) write(line []byte) {
	if l.bytes+int64(len(line)) > l.limit {
		l.counts.Log.Dropped++
		return
	}
	last := len(l.chunks) - 1
	if last < 0 || len(l.chunks[last])+len(line) > cap(l.chunks[last]) {
		l.chunks = append(l.chunks, make([]byte, 0, max(chunkBytes, len(line))))
		last++
	}
	l.chunks[last] = append(l.chunks[last], line...)
	l.bytes += int64(len(line))
	l.lines++
}

// writeTo copies the log as it is now.
func (l *requestLog) writeTo(out io.Writer) error {
	l.mutex.Lock()
	chunks := append([][]byte(nil), l.chunks...) // later lines go behind these chunks' ends
	l.mutex.Unlock()
	for _, chunk := range chunks {
		if _, err := out.Write(chunk); err != nil {
			return err
		}
	}
	return nil
}

// writeCounts writes the counts as they are now, as one JSON object.
func (l *requestLog) writeCounts(out io.Writer) error {
	l.mutex.Lock()
	now := l.counts
	now.InFlight = now.Requests - now.Replied - now.Aborted
	now.Log.Lines = l.lines
	now.Headers = map[string]multiset{}
	for name, values := range l.headers {
		now.Headers[name] = summary(values, func(value string) string { return value })
	}
	now.Bodies = summary(l.bodies, func(hash [16]byte) string { return hex.EncodeToString(hash[:]) })
	text, err := json.Marshal(now)
	l.mutex.Unlock()
	if err != nil {
		return err
	}
	_, err = out.Write(append(text, '\n'))
	return err
}

func summary[K comparable](values map[K]int64, text func(K) string) multiset {
	set := multiset{Distinct: len(values)}
	if len(values) <= valuesInCounts {
		set.Values = make(map[string]int64, len(values))
	}
	for value, count := range values {
		set.Requests += count
		set.MostRepeated = max(set.MostRepeated, count)
		if set.Values != nil {
			set.Values[text(value)] = count
		}
	}
	return set
}

func logged(name string) bool { return strings.HasPrefix(name, "X-Squall-") || name == "Traceparent" }

func (r *record) line() []byte {
	line := make([]byte, 0, 512+len(r.body))
	number := func(name string, value int64) {
		line = append(line, name...)
		line = strconv.AppendInt(line, value, 10)
	}
	text := func(name, value string) {
		line = append(line, name...)
		line = appendJSON(line, value)
	}
	number(`{"sequence":`, r.sequence)
	number(`,"wallNanos":`, r.wallNanos)
	number(`,"arrivedNanos":`, r.arrivedNanos)
	number(`,"repliedNanos":`, r.repliedNanos)
	number(`,"connection":`, r.connection.number)
	text(`,"client":`, r.request.RemoteAddr)
	text(`,"method":`, r.request.Method)
	text(`,"path":`, r.request.URL.Path)
	text(`,"query":`, r.request.URL.RawQuery)
	number(`,"status":`, int64(r.status))
	if r.aborted {
		line = append(line, `,"aborted":true`...)
	}
	text(`,"userAgent":`, r.request.UserAgent())
	line = append(line, `,"headers":{`...)
	first := true
	for name, values := range r.request.Header {
		if logged(name) {
			if name == "Traceparent" {
				name = "traceparent"
			}
			if !first {
				line = append(line, ',')
			}
			first = false
			line = appendJSON(line, name)
			line = append(line, ':')
			line = appendJSON(line, strings.Join(values, ", "))
		}
	}
	line = append(line, '}')
	switch {
	case len(r.body) > bodyInLogBytes:
		hash := sha256.Sum256(r.body)
		number(`,"bodyBytes":`, int64(len(r.body)))
		text(`,"bodySha256":`, hex.EncodeToString(hash[:]))
	case utf8.Valid(r.body):
		text(`,"body":`, string(r.body))
	default:
		text(`,"bodyBase64":`, base64.StdEncoding.EncodeToString(r.body))
	}
	return append(line, "}\n"...)
}

func appendJSON(line []byte, value string) []byte {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err) // no string fails
	}
	return append(line, text...)
}
