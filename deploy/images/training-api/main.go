// Command training-api answers as an empty Kubernetes API server would, so that the operator can start while its AOT
// cache is trained: lists are empty, watches stay silent, single objects are not found, and what is written comes back.
package main

import (
	"crypto/sha1"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"strings"
)

func main() {
	http.HandleFunc("/version", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusOK, map[string]any{"major": "1", "minor": "36", "gitVersion": "v1.36.0", "platform": "linux/amd64"})
	})
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Method != http.MethodGet && r.Method != http.MethodDelete:
			echo(w, r)
		case r.URL.Query().Get("watch") == "true":
			watch(w, r)
		case namesOne(r.URL.Path):
			answer(w, http.StatusNotFound, map[string]any{
				"kind": "Status", "apiVersion": "v1", "metadata": map[string]any{}, "status": "Failure", "reason": "NotFound", "code": 404})
		default:
			answer(w, http.StatusOK, map[string]any{
				"kind": "List", "apiVersion": "v1", "metadata": map[string]any{"resourceVersion": "1"}, "items": []any{}})
		}
	})
	log.Fatal(http.ListenAndServe("127.0.0.1:8001", nil))
}

// namesOne tells whether a path is that of one object: /api/v1 or /apis/GROUP/VERSION, then [namespaces/NAMESPACE/]KIND/NAME.
func namesOne(path string) bool {
	parts := strings.Split(strings.Trim(path, "/"), "/")
	prefix := 2
	if parts[0] == "apis" {
		prefix = 3
	}
	rest := parts[min(prefix, len(parts)):]
	if len(rest) > 2 && rest[0] == "namespaces" {
		rest = rest[2:]
	}
	return len(rest) > 1
}

// watch opens a watch on which nothing ever happens, over a WebSocket if the client asks for one.
func watch(w http.ResponseWriter, r *http.Request) {
	key := r.Header.Get("Sec-WebSocket-Key")
	if key == "" {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusOK)
		w.(http.Flusher).Flush()
		<-r.Context().Done()
		return
	}
	connection, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	defer connection.Close()
	accept := sha1.Sum([]byte(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")) // RFC 6455, 1.3
	fmt.Fprintf(connection, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"+
		"Sec-WebSocket-Accept: %s\r\n\r\n", base64.StdEncoding.EncodeToString(accept[:]))
	_, _ = io.Copy(io.Discard, connection)
}

// echo gives back what was written, as the API server does; who asks for its rights has all of them.
func echo(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	object := map[string]any{}
	if err != nil || json.Unmarshal(body, &object) != nil {
		object = map[string]any{"kind": "Status", "apiVersion": "v1"}
	}
	if metadata, found := object["metadata"].(map[string]any); found {
		metadata["resourceVersion"], metadata["uid"] = "1", "00000000-0000-0000-0000-000000000000"
	}
	if object["kind"] == "SelfSubjectRulesReview" {
		all := []string{"*"}
		rule := map[string]any{"verbs": all, "apiGroups": all, "resources": all}
		object["status"] = map[string]any{"resourceRules": []any{rule}, "nonResourceRules": []any{}, "incomplete": false}
	}
	answer(w, http.StatusOK, object)
}

func answer(w http.ResponseWriter, status int, object map[string]any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(object)
}
