package dev.squall.api.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.squall.api.v1alpha1.Credentials;
import dev.squall.api.v1alpha1.HeaderCredentials;
import dev.squall.api.v1alpha1.JsonBody;
import dev.squall.api.v1alpha1.Payload;
import dev.squall.api.v1alpha1.Request;
import dev.squall.api.v1alpha1.StreamedAnswer;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Requests: header names, templates, bodies. */
final class RequestCheck {
  private static final Pattern HEADER_NAME = Pattern.compile("[-!#$%&'*+.^_`|~0-9A-Za-z]+");

  /** Headers that follow from the connection and the body. */
  private static final Set<String> OWN_HEADERS =
      Set.of("connection", "content-length", "transfer-encoding", "upgrade", "te", "trailer");

  private final Names names;
  private final Findings findings;

  RequestCheck(Names names, Findings findings) {
    this.names = names;
    this.findings = findings;
  }

  /**
   * Checks a request.
   *
   * @param path its field
   * @param captured names that earlier steps captured
   */
  void check(String path, Request request, Set<String> captured) {
    template(path + ".path", request.path(), captured);
    request.query().forEach((name, text) -> template(path + ".query." + name, text, captured));
    request
        .headers()
        .forEach((name, text) -> header(path + ".headers." + name, name, text, captured));
    request.form().forEach((name, text) -> template(path + ".form." + name, text, captured));
    String text = request.text();
    if (text != null) {
      template(path + ".text", text, captured);
    }
    ownCredentials(path + ".credentials", request);
    JsonBody json = request.json();
    if (json != null) {
      json(path + ".json", json, captured);
    }
    stream(path + ".stream", request);
    if (request.method().equals("HEAD")
        && (json != null || text != null || !request.form().isEmpty())) {
      findings.add(
          path + ".method", "a HEAD request has no body: remove it, or set method to POST");
    }
  }

  private void stream(String path, Request request) {
    StreamedAnswer stream = request.stream();
    String between = stream == null ? null : stream.betweenTimeout();
    if (between != null
        && Durations.parse(between).compareTo(Durations.parse(request.timeout())) >= 0) {
      findings.add(
          path + ".betweenTimeout",
          "not below the request's timeout of "
              + request.timeout()
              + ", which covers the whole stream: shorten it, or raise timeout");
    }
  }

  private void header(String path, String name, String text, Set<String> captured) {
    if (!HEADER_NAME.matcher(name).matches()) {
      findings.add(path, "'" + name + "' is not a header's name: letters, digits and - only");
    } else if (OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
      findings.add(
          path, "this header is set by Squall from the connection and the body: remove it");
    }
    if (text.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
      findings.add(path, "a header's value is one line without control characters");
    }
    template(path, text, captured);
  }

  private void ownCredentials(String path, Request request) {
    Credentials credentials = request.credentials();
    if (credentials == null) {
      return;
    }
    HeaderCredentials own = credentials.header();
    String header = own == null ? "Authorization" : own.name();
    if (request.headers().keySet().stream().anyMatch(header::equalsIgnoreCase)) {
      findings.add(path, "the request's headers set " + header + " too: remove one of the two");
    }
  }

  private void json(String path, JsonBody json, Set<String> captured) {
    JsonNode value = json.value();
    if (value != null) {
      fixed(path + ".value", value, captured);
    }
    String name = json.payload();
    if (name == null) {
      return;
    }
    Payload payload = names.payloads().get(name);
    if (payload == null) {
      findings.add(
          path + ".payload",
          "no payload is named '"
              + name
              + "'"
              + Names.thereAre(names.payloads().keySet(), "payloads"));
      return;
    }
    MutationCheck.check(path + ".mutate", json.mutate(), payload, findings);
  }

  private void fixed(String path, JsonNode value, Set<String> captured) {
    if (value.isTextual()) {
      template(path, value.textValue(), captured);
    } else {
      for (JsonNode child : value) {
        fixed(path, child, captured);
      }
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        if (field.getKey().contains("${")) {
          findings.add(path, "the field name '" + field.getKey() + "' holds ${: only values may");
        }
      }
    }
  }

  private void template(String path, String text, Set<String> captured) {
    Template template;
    try {
      template = Template.parse(text);
    } catch (IllegalArgumentException e) {
      findings.add(path, String.valueOf(e.getMessage()));
      return;
    }
    for (String name : template.references()) {
      Payload payload = names.payloads().get(name);
      if (captured.contains(name)) {
        continue;
      }
      if (payload == null) {
        findings.add(
            path,
            "${"
                + name
                + "} names neither a payload nor a value captured by an earlier step; write $${ for"
                + " the text ${");
      } else if (!Shape.isText(payload, names)) {
        findings.add(
            path,
            "payload '"
                + name
                + "' is a JSON object or array and cannot stand in a text: use a payload with a"
                + " single value");
      }
    }
  }
}
