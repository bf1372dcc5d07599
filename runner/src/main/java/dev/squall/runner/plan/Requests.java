package dev.squall.runner.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.squall.api.check.Durations;
import dev.squall.api.v1alpha1.Credentials;
import dev.squall.api.v1alpha1.JsonBody;
import dev.squall.api.v1alpha1.Mutation;
import dev.squall.api.v1alpha1.Request;
import dev.squall.api.v1alpha1.StreamedAnswer;
import dev.squall.runner.engine.RequestTemplate;
import dev.squall.runner.engine.RequestTemplate.Body;
import dev.squall.runner.engine.RequestTemplate.Header;
import dev.squall.runner.engine.RequestTemplate.Streaming;
import dev.squall.runner.engine.StreamUnit;
import dev.squall.runner.engine.Template;
import dev.squall.runner.engine.payload.Draw;
import dev.squall.runner.engine.payload.Escaping;
import dev.squall.runner.engine.payload.Generator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compiles requests. */
final class Requests {
  private final Payloads payloads;
  private final Secrets secrets;

  Requests(Payloads payloads, Secrets secrets) {
    this.payloads = payloads;
    this.secrets = secrets;
  }

  /**
   * Compiles a request.
   *
   * @param field its path
   * @param slots numbers of the values captured before it
   */
  RequestTemplate compile(String field, Request request, Map<String, Integer> slots) {
    TemplateWriter target = new TemplateWriter(payloads, slots);
    target.text(request.path(), Escaping.PATH, Escaping.URL);
    boolean hasQuery = request.path().contains("?");
    for (Map.Entry<String, String> parameter : request.query().entrySet()) {
      target.literal(hasQuery ? "&" : "?");
      hasQuery = true;
      target.escaped(parameter.getKey(), Escaping.URL);
      target.literal("=");
      target.text(parameter.getValue(), Escaping.URL, Escaping.URL);
    }
    return new RequestTemplate(
        request.method(),
        target.template(),
        headers(field, request, slots),
        body(field, request, slots),
        Durations.parse(request.timeout()).toNanos(),
        request.followRedirects(),
        streaming(request.stream()));
  }

  private static @Nullable Streaming streaming(@Nullable StreamedAnswer stream) {
    if (stream == null) {
      return null;
    }
    StreamUnit unit =
        switch (stream.unit()) {
          case Event -> StreamUnit.EVENT;
          case Chunk -> StreamUnit.CHUNK;
        };
    String between = stream.betweenTimeout();
    return new Streaming(
        unit, between == null ? Streaming.ANY_TIME : Durations.parse(between).toNanos());
  }

  private List<Header> headers(String field, Request request, Map<String, Integer> slots) {
    List<Header> headers = new ArrayList<>();
    request
        .headers()
        .forEach(
            (name, text) -> headers.add(new Header(name, template(text, Escaping.HEADER, slots))));
    Credentials credentials = request.credentials();
    if (credentials != null) {
      headers.add(secrets.header(field + ".credentials", credentials));
    }
    return headers;
  }

  private Body body(String field, Request request, Map<String, Integer> slots) {
    JsonBody json = request.json();
    if (json != null) {
      return json(field + ".json", json, slots);
    }
    String text = request.text();
    if (text != null) {
      return new RequestTemplate.Text(
          template(text, Escaping.NONE, slots), "text/plain; charset=utf-8");
    }
    if (request.form().isEmpty()) {
      return new RequestTemplate.Empty();
    }
    TemplateWriter form = new TemplateWriter(payloads, slots);
    for (Map.Entry<String, String> parameter : request.form().entrySet()) {
      if (!form.isEmpty()) {
        form.literal("&");
      }
      form.escaped(parameter.getKey(), Escaping.FORM);
      form.literal("=");
      form.text(parameter.getValue(), Escaping.FORM, Escaping.FORM);
    }
    return new RequestTemplate.Text(form.template(), "application/x-www-form-urlencoded");
  }

  private Body json(String field, JsonBody json, Map<String, Integer> slots) {
    String name = json.payload();
    if (name != null) {
      Mutation mutation = json.mutate();
      Generator value =
          mutation == null
              ? payloads.get(name)
              : payloads.mutated(field + ".mutate", name, mutation);
      // The payload's name is its place, so that ${name} in the same request is the same value.
      return new RequestTemplate.Json(value, Draw.place(name));
    }
    JsonNode value = json.value();
    TemplateWriter fixed = new TemplateWriter(payloads, slots);
    if (value == null) {
      fixed.literal("null");
    } else {
      fixed.json(value);
    }
    return new RequestTemplate.Text(fixed.template(), "application/json");
  }

  private Template template(String text, Escaping escaping, Map<String, Integer> slots) {
    TemplateWriter writer = new TemplateWriter(payloads, slots);
    writer.text(text, Escaping.NONE, escaping);
    return writer.template();
  }
}
