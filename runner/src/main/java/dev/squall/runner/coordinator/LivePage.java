package dev.squall.runner.coordinator;

import dev.squall.runner.control.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** The live page and its assets, all from inside the jar: it works without the Internet. */
final class LivePage {
  static final String ASSETS_PATH = "/assets/";

  private static final String WEBJAR = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

  private static final Map<String, String> ASSETS =
      Map.of(
          "live.js",
          "/dev/squall/runner/coordinator/live.js",
          "curve.js",
          "/dev/squall/runner/coordinator/curve.js",
          "live.css",
          "/dev/squall/runner/coordinator/live.css",
          "uplot.js",
          WEBJAR + "uPlot.iife.min.js",
          "uplot.css",
          WEBJAR + "uPlot.min.css");

  private LivePage() {}

  static void html(Exchange exchange) throws IOException {
    exchange.answer(
        200, contentType("live.html"), resource("/dev/squall/runner/coordinator/live.html"));
  }

  static void asset(Exchange exchange) throws IOException {
    String name = exchange.path().substring(ASSETS_PATH.length());
    String resource = ASSETS.get(name);
    if (resource == null) {
      exchange.text(404, "there is no asset " + name);
    } else {
      exchange.answer(200, contentType(name), resource(resource));
    }
  }

  static String contentType(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "html" -> "text/html; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "csv" -> "text/csv; charset=utf-8";
      case "json" -> "application/json";
      default -> "text/plain; charset=utf-8";
    };
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = LivePage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the jar holds no " + name);
      }
      return in.readAllBytes();
    }
  }
}
