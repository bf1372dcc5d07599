package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// served is a target on loopback.
type served struct {
	t      *testing.T
	target *target
	url    string
}

func serve(t *testing.T, logBytes int64) *served {
	target := newTarget(logBytes)
	server := httptest.NewUnstartedServer(nil)
	server.Config = target.server()
	server.Start()
	t.Cleanup(server.Close)
	return &served{t, target, server.URL}
}

func (s *served) ask(method, path, body string, headers ...string) (*http.Response, string) {
	s.t.Helper()
	request, err := http.NewRequest(method, s.url+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	answer, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return answer, string(text)
}

func (s *served) counts() (now counts) {
	s.t.Helper()
	_, text := s.ask("GET", "/counts", "")
	if err := json.Unmarshal([]byte(text), &now); err != nil {
		s.t.Fatal(err)
	}
	return now
}

type line struct {
	Sequence, Connection, WallNanos, ArrivedNanos, RepliedNanos int64
	Client, Method, Path, Query, UserAgent                      string
	Status                                                      int
	Aborted                                                     bool
	Headers                                                     map[string]string
	Body, BodyBase64, BodySha256                                string
	BodyBytes                                                   int
}

func (s *served) log() (lines []line) {
	s.t.Helper()
	_, text := s.ask("GET", "/log", "")
	for text := range strings.Lines(text) {
		var l line
		if err := json.Unmarshal([]byte(text), &l); err != nil {
			s.t.Fatalf("%v: %s", err, text)
		}
		lines = append(lines, l)
	}
	return lines
}

const patient = `{"age":63,"sex":1,"cp":3,"trestbps":145,"chol":233,"fbs":1,"restecg":0,` +
	`"thalach":150,"exang":0,"oldpeak":2.3,"slope":0,"ca":0,"thal":1}`

func TestDoesWhatTheQuerySays(t *testing.T) {
	s := serve(t, 1<<20)
	for _, c := range []struct {
		method, path, body string
		status             int
		answer             string
		header, value      string
	}{
		{"GET", "/any", "", 200, "{\"ok\":true}\n", "Content-Type", "application/json"},
		{"GET", "/any?status=503", "", 503, "{\"ok\":false}\n", "Content-Type", "application/json"},
		{"GET", "/any?status=204", "", 204, "", "Content-Type", ""},
		{"GET", "/any?size=5", "", 200, "xxxxx", "Content-Length", "5"},
		{"GET", "/any?size=0", "", 200, "", "Content-Length", "0"},
		{"GET", "/any?size=10&stall=1ms", "", 200, "xxxxxxxxxx", "Content-Length", "10"},
		{"POST", "/any?echo=1&type=text/csv", "a,b", 200, "a,b", "Content-Type", "text/csv"},
		{"GET", "/any?body=hello", "", 200, "hello", "Content-Type", "text/plain; charset=utf-8"},
		{"GET", "/any?status=302&header=Location:/x&header=X-A:b", "", 302, "{\"ok\":true}\n", "Location", "/x"},
		{"GET", "/any?close=1", "", 200, "{\"ok\":true}\n", "", ""},
		{"GET", "/any?delay=soon", "", 400, "delay=soon: time: invalid duration \"soon\"\n", "", ""},
		{"GET", "/any?status=99", "", 400, "status=99: 99 is no final status\n", "", ""},
		{"GET", "/health", "", 200, "OK", "Content-Type", "text/html"},
		{"POST", "/predict", patient, 200, "{\"diagnosis\":\"heart-disease\"}\n", "Content-Type", "application/json"},
		{"POST", "/predict", strings.Replace(patient, "63", "null", 1), 200, "{\"diagnosis\":\"clear\"}\n", "", ""},
		{"POST", "/predict", `{"age":63}`, 400, "columns are missing: sex", "Content-Type", "text/html; charset=utf-8"},
		{"POST", "/predict", strings.Replace(patient, "63", `"old"`, 1), 400, "age: could not convert to a number: \"old\"", "", ""},
		{"POST", "/predict", "age", 500, "Oops, got an error! expected a JSON object with a patient's fields", "", ""},
		{"POST", "/predict?status=503", patient, 503, "{\"ok\":false}\n", "", ""},
	} {
		answer, text := s.ask(c.method, c.path, c.body)
		if answer.StatusCode != c.status || text != c.answer || (c.header != "" && answer.Header.Get(c.header) != c.value) {
			t.Errorf("%s %s: %d %q %v", c.method, c.path, answer.StatusCode, text, answer.Header)
		}
		if answer.Close != strings.Contains(c.path, "close=1") {
			t.Errorf("%s: Connection: close is %t", c.path, answer.Close)
		}
	}
}

func TestARulesStatusesFollowOneAnotherAndItsQueryGoesUnderTheRequests(t *testing.T) {
	s := serve(t, 1<<20)
	if answer, text := s.ask("POST", "/rules", "/a status=200,200,503&body=x\n/b status=404\n"); answer.StatusCode != 200 {
		t.Fatal(text)
	}
	for i, want := range []int{200, 200, 503, 200, 200, 503} {
		if answer, text := s.ask("GET", "/a", ""); answer.StatusCode != want || text != "x" {
			t.Errorf("request %d: %d %q", i, answer.StatusCode, text)
		}
	}
	if answer, text := s.ask("GET", "/a?status=201", ""); answer.StatusCode != 201 || text != "x" {
		t.Error(answer.StatusCode, text)
	}
	for _, bad := range []string{"a status=200", "/a status=x", "/a delay=-"} {
		if answer, _ := s.ask("POST", "/rules", bad); answer.StatusCode != 400 {
			t.Errorf("%q: %d", bad, answer.StatusCode)
		}
	}
}

func TestDelaysPausesAndWorkersTakeTheirTime(t *testing.T) {
	s := serve(t, 1<<20)
	s.ask("POST", "/rules", "/queue workers=1&delay=30ms")
	s.ask("GET", "/a?delay=50ms", "")
	s.ask("GET", "/b?stall=50ms&size=10", "")
	s.ask("GET", "/c?delay=20ms..40ms", "")
	s.ask("POST", "/pause?for=60ms", "")
	s.ask("GET", "/d", "")
	var group sync.WaitGroup
	for range 3 {
		group.Go(func() { s.ask("GET", "/queue", "") })
	}
	group.Wait()
	least := map[string]time.Duration{"/a": 50, "/b": 50, "/c": 20, "/d": 40, "/queue": 30}
	var first, last int64
	for _, l := range s.log() {
		if took := time.Duration(l.RepliedNanos - l.ArrivedNanos); took < least[l.Path]*time.Millisecond {
			t.Errorf("%s took %v", l.Path, took)
		}
		if l.Path == "/queue" {
			if first == 0 || l.ArrivedNanos < first {
				first = l.ArrivedNanos
			}
			last = max(last, l.RepliedNanos)
		}
	}
	if took := time.Duration(last - first); took < 90*time.Millisecond {
		t.Errorf("one worker served three requests of 30 ms in %v", took)
	}
}

func TestBreaksConnections(t *testing.T) {
	s := serve(t, 1<<20)
	for path, want := range map[string]string{"/a?reset=1": "connection reset", "/a?truncate=1": "unexpected EOF"} {
		_, err := func() (string, error) {
			answer, err := http.Get(s.url + path)
			if err != nil {
				return "", err
			}
			defer answer.Body.Close()
			text, err := io.ReadAll(answer.Body)
			return string(text), err
		}()
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", path, err)
		}
	}
	client := http.Client{Timeout: 50 * time.Millisecond}
	if _, err := client.Get(s.url + "/a?hang=1"); err == nil {
		t.Error("answered")
	}
	for range 200 {
		if now := s.counts(); now.Aborted == 3 && now.Requests == 3 && now.InFlight == 0 && now.Paths["/a"]["0"] == 3 {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Errorf("%+v", s.counts())
}

func TestTheLogHoldsWhatWasSent(t *testing.T) {
	s := serve(t, 1<<20)
	before := nanos()
	s.ask("POST", "/x/ü?a=1", "grüße <&>", "X-Squall-Request", "7", "Traceparent", "00-1-2-01", "X-Other", "no", "User-Agent", "squall")
	s.ask("POST", "/x", "\xff", "Connection", "close")
	s.ask("POST", "/x", strings.Repeat("y", bodyInLogBytes+1))
	lines := s.log()
	l := lines[0]
	if l.Path != "/x/ü" || l.Query != "a=1" || l.Method != "POST" || l.Body != "grüße <&>" || l.UserAgent != "squall" || l.Status != 200 ||
		fmt.Sprint(l.Headers) != "map[X-Squall-Request:7 traceparent:00-1-2-01]" {
		t.Errorf("%+v", l)
	}
	if l.ArrivedNanos < before || l.RepliedNanos < l.ArrivedNanos || l.RepliedNanos > nanos() || time.Since(time.Unix(0, l.WallNanos)) > time.Minute {
		t.Errorf("%+v", l)
	}
	if lines[1].BodyBase64 != "/w==" || lines[2].BodyBytes != bodyInLogBytes+1 || len(lines[2].BodySha256) != 64 || lines[2].Connection == l.Connection {
		t.Errorf("%+v", lines[1:])
	}
}

func TestAFullLogStillCountsAndAResetForgets(t *testing.T) {
	s := serve(t, 1000)
	var group sync.WaitGroup
	group.Go(func() { s.ask("GET", "/late?delay=100ms", "") })
	for s.counts().InFlight == 0 {
		time.Sleep(time.Millisecond)
	}
	s.ask("POST", "/reset", "")
	group.Wait()
	for i := range 10 {
		s.ask("POST", "/a", strings.Repeat("z", 200+i%2))
	}
	now := s.counts()
	if now.Requests != 10 || now.Replied != 10 || now.Statuses["200"] != 10 || now.Log.Lines+now.Log.Dropped != 10 || now.Log.Dropped == 0 {
		t.Errorf("%+v", now)
	}
	if now.Bodies.Distinct != 2 || now.Bodies.MostRepeated != 5 || len(s.log()) != int(now.Log.Lines) {
		t.Errorf("%+v", now.Bodies)
	}
}

// It counts exactly under as many requests as a client on the same machine can send, about 20,000 a second or more.
func TestCountsExactlyUnderLoad(t *testing.T) {
	s := serve(t, 256<<20)
	const connections, each, batch = 8, 5_000, 20
	began := time.Now()
	var group sync.WaitGroup
	for c := range connections {
		group.Go(func() {
			connection, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
			if err != nil {
				t.Error(err)
				return
			}
			defer connection.Close()
			answers := bufio.NewReader(connection)
			for i := 0; i < each; i += batch {
				var requests bytes.Buffer
				for j := range batch {
					body := fmt.Sprintf(`{"n":%d}`, (i+j)%100)
					fmt.Fprintf(&requests, "POST /p%d HTTP/1.1\r\nHost: x\r\nX-Squall-Runner: %d\r\nX-Squall-Request: %d-%d\r\nContent-Length: %d\r\n\r\n%s",
						j%2, c, c, i+j, len(body), body)
				}
				if _, err := connection.Write(requests.Bytes()); err != nil {
					t.Error(err)
					return
				}
				for range batch {
					answer, err := http.ReadResponse(answers, nil)
					if err != nil {
						t.Error(err)
						return
					}
					io.Copy(io.Discard, answer.Body)
				}
			}
		})
	}
	group.Wait()
	rate := connections * each / time.Since(began).Seconds()
	t.Logf("%.0f requests/s, client included", rate)
	now := s.counts()
	const all = connections * each
	if now.Requests != all || now.Replied != all || now.Statuses["200"] != all || now.Paths["/p0"]["200"] != all/2 || now.Paths["/p1"]["200"] != all/2 {
		t.Errorf("%+v", now)
	}
	if now.Bodies.Requests != all || now.Bodies.Distinct != 100 || now.Bodies.MostRepeated != all/100 {
		t.Errorf("%+v", now.Bodies)
	}
	runners, requests := now.Headers["X-Squall-Runner"], now.Headers["X-Squall-Request"]
	if runners.Values["3"] != each || requests.Distinct != all || requests.MostRepeated != 1 || requests.Values != nil {
		t.Errorf("%+v", runners)
	}
	if now.Connections.Opened != connections || now.Connections.MostOpen != connections || now.Log.Lines != all || len(s.log()) != all {
		t.Errorf("%+v %+v", now.Connections, now.Log)
	}
}

func TestCountsConnectionsThatCarriedRequests(t *testing.T) {
	s := serve(t, 1<<20)
	for range 3 {
		s.ask("GET", "/ready?", "", "Connection", "close")
		s.ask("GET", "/a", "", "Connection", "close")
	}
	s.ask("GET", "/a", "")
	for range 200 {
		now := s.counts().Connections
		if now.Opened == 4 && now.Open == 1 && now.MostOpen >= 1 {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Errorf("%+v", s.counts().Connections)
}

func TestSpeaksHTTP2WithoutTLS(t *testing.T) {
	s := serve(t, 1<<20)
	protocols := new(http.Protocols)
	protocols.SetUnencryptedHTTP2(true)
	client := http.Client{Transport: &http.Transport{Protocols: protocols}}
	answer, err := client.Get(s.url + "/a")
	if err != nil || answer.ProtoMajor != 2 {
		t.Fatal(answer, err)
	}
	answer.Body.Close()
}
