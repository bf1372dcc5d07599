package dev.squall.runner.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A request's head as HTTP/1.1 has it, but for what only its body or the user tells. */
final class RequestHead {
  private RequestHead() {}

  /** Request line and headers: those of the template, and those it leaves to the engine. */
  static TemplateWriter of(RequestTemplate request, Endpoint endpoint, EngineOptions options) {
    List<Template.Part> parts = new ArrayList<>();
    parts.add(literal(request.method() + " " + endpoint.basePath()));
    parts.addAll(request.target().parts());
    parts.add(literal(" HTTP/1.1\r\n"));
    if (!request.has("Host")) {
      parts.add(literal("Host: " + endpoint.authority() + "\r\n"));
    }
    if (!request.has("User-Agent")) {
      parts.add(literal("User-Agent: squall/" + options.version() + "\r\n"));
    }
    if (!request.has("Content-Type")) {
      switch (request.body()) {
        case RequestTemplate.Empty() -> {}
        case RequestTemplate.Json _ -> parts.add(literal("Content-Type: application/json\r\n"));
        case RequestTemplate.Text t ->
            parts.add(literal("Content-Type: " + t.contentType() + "\r\n"));
      }
    }
    for (RequestTemplate.Header header : request.headers()) {
      parts.add(literal(header.name() + ": "));
      parts.addAll(header.value().parts());
      parts.add(literal("\r\n"));
    }
    return TemplateWriter.of(parts);
  }

  private static Template.Part literal(String text) {
    return new Template.Literal(text.getBytes(StandardCharsets.UTF_8));
  }
}
