package dev.squall.api.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The CEL rules ({@code x-kubernetes-validations}) of a structural schema. Rules on {@code oldSelf}
 * concern changes and hold for a new object.
 */
final class CelRules {
  private static final CelCompiler COMPILER =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addVar("self", SimpleType.DYN)
          .build();
  private static final CelRuntime RUNTIME = CelRuntimeFactory.standardCelRuntimeBuilder().build();
  private static final Map<String, CelRuntime.Program> PROGRAMS = new ConcurrentHashMap<>();

  /** CEL's reserved words: a field of that name is written {@code __name__} in a rule. */
  private static final Set<String> RESERVED =
      Set.of(
          "as",
          "break",
          "const",
          "continue",
          "else",
          "false",
          "for",
          "function",
          "if",
          "import",
          "in",
          "let",
          "loop",
          "namespace",
          "null",
          "package",
          "return",
          "true",
          "var",
          "void",
          "while");

  private final List<Problem> known;
  private final List<Problem> problems = new ArrayList<>();

  private CelRules(List<Problem> known) {
    this.known = known;
  }

  /**
   * The rules that do not hold.
   *
   * @param known problems found so far; a rule that cannot be evaluated because of one says nothing
   */
  static List<Problem> check(JsonNode object, JsonNode schema, List<Problem> known) {
    CelRules rules = new CelRules(List.copyOf(known));
    rules.walk("", object, schema);
    return rules.problems;
  }

  private void walk(String path, JsonNode value, JsonNode schema) {
    for (JsonNode rule : schema.path("x-kubernetes-validations")) {
      if (!rule.path("rule").asText().contains("oldSelf")) {
        rule(path, value, schema, rule);
      }
    }
    if (value.isObject() && schema.path("additionalProperties").isObject()) {
      // In a map, CEL's paths name the key in brackets.
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        walk(
            path + "[" + field.getKey() + "]",
            field.getValue(),
            schema.path("additionalProperties"));
      }
    } else {
      SchemaWalk.eachChild(path, value, schema, this::walk);
    }
  }

  private void rule(String path, JsonNode value, JsonNode schema, JsonNode rule) {
    String message = rule.path("message").asText();
    String shown = value.isValueNode() ? value + ": " : "";
    String field = path + rule.path("fieldPath").asText("");
    if (field.startsWith(".")) {
      field = field.substring(1);
    }
    Optional<Object> self = celValue(value, schema);
    if (self.isEmpty()) {
      return;
    }
    try {
      Object holds = program(rule.path("rule").asText()).eval(Map.of("self", self.get()));
      if (!Boolean.TRUE.equals(holds)) {
        problems.add(new Problem(field, "Invalid value: " + shown + message));
      }
    } catch (CelEvaluationException e) {
      if (known.stream().noneMatch(problem -> problem.field().startsWith(path))) {
        problems.add(
            new Problem(
                field,
                "Invalid value: " + shown + e.getMessage() + " evaluating rule: " + message));
      }
    }
  }

  private static CelRuntime.Program program(String expression) {
    return PROGRAMS.computeIfAbsent(
        expression,
        text -> {
          try {
            return RUNTIME.createProgram(COMPILER.compile(text).getAst());
          } catch (CelValidationException | CelEvaluationException e) {
            throw new IllegalStateException("the CRD's rule does not compile: " + text, e);
          }
        });
  }

  /** The value as CEL sees it: typed by the schema, free JSON left out. */
  private static Optional<Object> celValue(JsonNode value, JsonNode schema) {
    if (value.isNull() || value.isMissingNode()) {
      return Optional.empty();
    }
    return switch (schema.path("type").asText()) {
      case "object" -> Optional.of(fields(value, schema));
      case "array" -> Optional.of(elements(value, schema));
      case "string" -> Optional.of(value.asText());
      case "integer" -> Optional.of(value.longValue());
      case "number" -> Optional.of(value.doubleValue());
      case "boolean" -> Optional.of(value.booleanValue());
      default -> Optional.empty();
    };
  }

  private static Map<String, Object> fields(JsonNode value, JsonNode schema) {
    Map<String, Object> fields = new LinkedHashMap<>();
    boolean map = schema.path("additionalProperties").isObject();
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      JsonNode of =
          map
              ? schema.path("additionalProperties")
              : schema.path("properties").path(field.getKey());
      String name =
          !map && RESERVED.contains(field.getKey()) ? "__" + field.getKey() + "__" : field.getKey();
      celValue(field.getValue(), of).ifPresent(cel -> fields.put(name, cel));
    }
    return fields;
  }

  private static List<Object> elements(JsonNode value, JsonNode schema) {
    List<Object> elements = new ArrayList<>();
    value.forEach(element -> celValue(element, schema.path("items")).ifPresent(elements::add));
    return elements;
  }
}
