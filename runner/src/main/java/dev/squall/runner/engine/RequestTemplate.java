package dev.squall.runner.engine;

import dev.squall.runner.engine.payload.Generator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request with values filled in each time it is sent.
 *
 * <p>Host, User-Agent and, for a body, Content-Type are added unless given; Content-Length always.
 *
 * @param method HTTP method, a token
 * @param target path and query; the endpoint's base path is put before it. Starts with a slash
 * @param headers further headers in order
 * @param body the body
 * @param timeoutNanos how long an answer may take, from the start of the attempt
 * @param followRedirects how many redirects are followed; all together are one request, judged by
 *     the last answer
 * @param streaming how its answer is streamed, null if it is taken as a whole
 */
public record RequestTemplate(
    String method,
    Template target,
    List<Header> headers,
    Body body,
    long timeoutNanos,
    int followRedirects,
    @Nullable Streaming streaming) {
  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
  private static final Set<String> OWN = Set.of("content-length", "transfer-encoding");

  /** Checks method and header names. */
  public RequestTemplate {
    headers = List.copyOf(headers);
    if (!token(method)) {
      throw new IllegalArgumentException("method '" + method + "' is not an HTTP token");
    }
    if (followRedirects < 0) {
      throw new IllegalArgumentException("a request cannot follow fewer than 0 redirects");
    }
    if (timeoutNanos <= 0) {
      throw new IllegalArgumentException("a request's timeout must be above 0");
    }
    for (Header header : headers) {
      if (!token(header.name())) {
        throw new IllegalArgumentException(
            "header name '" + header.name() + "' is not an HTTP token");
      }
      if (OWN.contains(header.name().toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException(
            "header '" + header.name() + "' is set by the engine from the body; remove it");
      }
    }
  }

  /** A request whose redirects are answers like others. */
  public RequestTemplate(
      String method, Template target, List<Header> headers, Body body, long timeoutNanos) {
    this(method, target, headers, body, timeoutNanos, 0, null);
  }

  /**
   * A streamed answer.
   *
   * @param unit what is counted and timed
   * @param betweenTimeoutNanos how long after a unit the next, or the end, may take; {@link
   *     #ANY_TIME} leaves it to the request's timeout
   */
  public record Streaming(StreamUnit unit, long betweenTimeoutNanos) {
    /** No limit but the request's timeout. */
    public static final long ANY_TIME = Long.MAX_VALUE;

    /** Checks the limit. */
    public Streaming {
      if (betweenTimeoutNanos <= 0) {
        throw new IllegalArgumentException("a stream's betweenTimeout must be above 0");
      }
    }
  }

  /**
   * A header.
   *
   * @param name a token
   * @param value its value
   */
  public record Header(String name, Template value) {}

  /** What follows the head. */
  public sealed interface Body {}

  /** No body. */
  public record Empty() implements Body {}

  /**
   * A generated JSON value; Content-Type is {@code application/json} unless given.
   *
   * @param value its generator
   * @param place where it is drawn, as in {@link Template.Drawn}
   */
  public record Json(Generator value, long place) implements Body {}

  /**
   * A text: plain, a form, or JSON with values filled in.
   *
   * @param text the text, its values escaped for where they stand
   * @param contentType Content-Type unless given
   */
  public record Text(Template text, String contentType) implements Body {}

  /** All its templates: target, headers, and the body if it is one. */
  Stream<Template> templates() {
    Stream<Template> head = Stream.concat(Stream.of(target), headers.stream().map(Header::value));
    return body instanceof Text text ? Stream.concat(head, Stream.of(text.text())) : head;
  }

  boolean has(String header) {
    return headers.stream().anyMatch(h -> h.name().equalsIgnoreCase(header));
  }

  private static boolean token(String text) {
    return !text.isEmpty()
        && text.chars()
            .allMatch(
                c ->
                    (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || TOKEN_MARKS.indexOf(c) >= 0);
  }
}
