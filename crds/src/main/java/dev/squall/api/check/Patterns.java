package dev.squall.api.check;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The schema's patterns, compiled once. */
final class Patterns {
  private static final Map<String, Pattern> COMPILED = new ConcurrentHashMap<>();

  private Patterns() {}

  static boolean found(String pattern, String text) {
    return COMPILED.computeIfAbsent(pattern, Pattern::compile).matcher(text).find();
  }
}
