package dev.squall.runner.plan;

import dev.squall.api.check.Checked;
import dev.squall.api.check.Manifests;
import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.wire.Plan;
import dev.squall.runner.engine.RequestTemplate;
import dev.squall.runner.engine.Step;
import dev.squall.runner.engine.Template;
import dev.squall.runner.engine.Workload;
import dev.squall.runner.engine.payload.Bytes;
import dev.squall.runner.engine.payload.Draw;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Plans from YAML, and requests as text: what the engine would write. */
final class Written {
  private Written() {}

  /** A plan of a LoadTest that must be right. */
  static Plan plan(String yaml) {
    Checked checked = Manifests.check(yaml).getFirst();
    return switch (checked) {
      case Checked.Accepted(var manifest) ->
          new Plan("ns", manifest.name(), "run", "uid", 1, url(manifest.spec()), manifest.spec());
      case Checked.Refused(var name, var problems) ->
          throw new AssertionError(name + ": " + problems);
    };
  }

  private static String url(LoadTestSpec spec) {
    String url = spec.target().url();
    return url == null ? "http://target:8080" : url;
  }

  /** A workload that needs no file. */
  static Workload workload(String yaml) {
    return PlanCompiler.compile(plan(yaml), new Sources.Named(Map.of(), Map.of())).workload();
  }

  /** The workload of a test whose one task sends one request, given as a YAML flow mapping. */
  static Workload ofRequest(String request, String... more) {
    return workload(
        """
        apiVersion: squall.dev/v1alpha1
        kind: LoadTest
        metadata: {name: one}
        spec:
          target: {url: "http://target:8080"}
          loads: [{name: all, users: {count: 10}, requests: 10}]
          scenarios: [{name: one, tasks: [{name: only, request: %s}]}]
        """
                .formatted(request)
            + String.join("\n", Arrays.asList(more)).indent(2));
  }

  /** The only step of a workload. */
  static Step only(Workload workload) {
    return workload.scenarios().getFirst().tasks().getFirst().steps().getFirst();
  }

  /** Method, target, headers and body, a line each; body last. */
  static List<String> lines(RequestTemplate request, Draw draw, String... captured) {
    List<String> lines = new java.util.ArrayList<>();
    lines.add(request.method() + " " + text(request.target(), draw, captured));
    request.headers().forEach(h -> lines.add(h.name() + ": " + text(h.value(), draw, captured)));
    lines.add(body(request, draw, captured));
    return lines;
  }

  /** The body, empty if there is none. */
  static String body(RequestTemplate request, Draw draw, String... captured) {
    return switch (request.body()) {
      case RequestTemplate.Empty() -> "";
      case RequestTemplate.Text(var template, var _) -> text(template, draw, captured);
      case RequestTemplate.Json(var value, var place) -> {
        Bytes out = new Bytes(256);
        value.json(draw, place, out);
        yield out.toString();
      }
    };
  }

  private static String text(Template template, Draw draw, String... captured) {
    Bytes out = new Bytes(256);
    for (Template.Part part : template.parts()) {
      int from = out.length();
      switch (part) {
        case Template.Literal(var bytes) -> out.write(bytes);
        case Template.Drawn(var value, var place, var escaping) -> {
          value.text(draw, place, out);
          escaping.apply(out, from);
        }
        case Template.Captured(var slot, var escaping) -> {
          out.text(captured[slot]);
          escaping.apply(out, from);
        }
      }
    }
    return out.toString();
  }
}
