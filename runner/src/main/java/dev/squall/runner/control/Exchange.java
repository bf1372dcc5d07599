package dev.squall.runner.control;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** One HTTP request and its answer. */
public final class Exchange {
  /** Nothing that is sent here is larger. */
  private static final int LARGEST_BODY = 64 * 1024;

  private final HttpExchange http;

  Exchange(HttpExchange http) {
    this.http = http;
  }

  /** The decoded path. */
  public String path() {
    return http.getRequestURI().getPath();
  }

  /** The value of a query parameter. */
  public Optional<String> query(String name) {
    String query = http.getRequestURI().getRawQuery();
    for (String pair : query == null ? new String[0] : query.split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        String value = pair.substring(name.length() + 1);
        return Optional.of(URLDecoder.decode(value, StandardCharsets.UTF_8));
      }
    }
    return Optional.empty();
  }

  /** The request's body, at most 64 KiB of it. */
  public byte[] body() throws IOException {
    try (InputStream in = http.getRequestBody()) {
      return in.readNBytes(LARGEST_BODY);
    }
  }

  /** Whether the client runs on this very machine or in this very pod. */
  public boolean fromLoopback() {
    return http.getRemoteAddress().getAddress().isLoopbackAddress();
  }

  /** Answers with a content. */
  public void answer(int status, String contentType, byte[] content) throws IOException {
    http.getResponseHeaders().set("Content-Type", contentType);
    http.getResponseHeaders().set("Cache-Control", "no-store");
    http.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
    try (OutputStream out = http.getResponseBody()) {
      out.write(content);
    }
  }

  /** Answers with a sentence. */
  public void text(int status, String text) throws IOException {
    answer(status, "text/plain; charset=utf-8", (text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Answers with JSON. */
  public void json(int status, Object value) throws IOException {
    answer(status, "application/json", Json.bytes(value));
  }

  /** Answers with a file. */
  public void file(Path file, String contentType) throws IOException {
    http.getResponseHeaders().set("Content-Type", contentType);
    long size = Files.size(file);
    http.sendResponseHeaders(200, size == 0 ? -1 : size);
    try (OutputStream out = http.getResponseBody()) {
      Files.copy(file, out);
    }
  }
}
