package dev.squall.runner.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.squall.runner.engine.Capture;
import dev.squall.runner.engine.Extractor;
import dev.squall.runner.engine.Needs;
import dev.squall.runner.engine.Response;
import dev.squall.runner.engine.json.JsonScan;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compiles captures. */
final class Captures {
  private Captures() {}

  /** The capture, kept under a slot. */
  static Capture compile(int slot, dev.squall.api.v1alpha1.Capture spec, ScannedPaths scanned) {
    String jsonPath = spec.jsonPath();
    if (jsonPath != null) {
      AtPath parsing = new AtPath(new CompiledPath(jsonPath));
      return new Capture(
          slot,
          spec.name(),
          jsonPath,
          scanned
              .place(parsing.path())
              .<Extractor>map(place -> new AtPlace(place, parsing))
              .orElse(parsing));
    }
    String header = spec.header();
    if (header != null) {
      return new Capture(slot, spec.name(), "header " + header, new InHeader(header));
    }
    String regex = spec.regex();
    if (regex != null) {
      return new Capture(slot, spec.name(), regex, new Found(Pattern.compile(regex)));
    }
    throw new IllegalStateException("capture '" + spec.name() + "' has no source");
  }

  /** A value of a JSON body: a string's text, anything else as JSON. */
  private record AtPath(CompiledPath path) implements Extractor {
    @Override
    public Needs needs() {
      return Needs.BODY;
    }

    @Override
    public @Nullable String extract(Response response) {
      JsonNode value = path.read(ParsedBody.of(response));
      if (!path.definite()) {
        value = value.path(0);
      }
      return text(value);
    }
  }

  /** What a path leads to, found by a scan: only the value itself is parsed. */
  private record AtPlace(ScannedPaths.Place place, AtPath parsing) implements Extractor {
    @Override
    public Needs needs() {
      return Needs.BODY;
    }

    @Override
    public @Nullable String extract(Response response) {
      JsonScan scan = response.json(place.paths());
      return switch (scan.outcome()) {
        case UNDECIDED -> parsing.extract(response);
        case NOT_JSON -> null;
        case JSON -> value(scan, response.body());
      };
    }

    private @Nullable String value(JsonScan scan, byte[] body) {
      int from = scan.start(place.path());
      int to = scan.end(place.path());
      return switch (scan.kind(place.path())) {
        case MISSING, NULL -> null;
        case STRING -> new String(body, from + 1, to - from - 2, StandardCharsets.UTF_8);
        case TRUE, FALSE, INTEGER, DECIMAL, ESCAPED, OBJECT, ARRAY ->
            text(ParsedBody.parse(new String(body, from, to - from, StandardCharsets.UTF_8)));
      };
    }
  }

  private static @Nullable String text(JsonNode value) {
    return value.isMissingNode() || value.isNull()
        ? null
        : value.isTextual() ? value.textValue() : value.toString();
  }

  private record InHeader(String name) implements Extractor {
    @Override
    public Needs needs() {
      return Needs.HEADERS;
    }

    @Override
    public @Nullable String extract(Response response) {
      return response.header(name);
    }
  }

  /** The first group of the first match, or the whole match if the expression has no group. */
  private record Found(Pattern pattern) implements Extractor {
    @Override
    public Needs needs() {
      return Needs.BODY;
    }

    @Override
    public @Nullable String extract(Response response) {
      Matcher matcher = pattern.matcher(response.bodyText());
      if (!matcher.find()) {
        return null;
      }
      return matcher.groupCount() > 0 ? matcher.group(1) : matcher.group();
    }
  }
}
