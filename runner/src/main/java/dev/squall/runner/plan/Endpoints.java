package dev.squall.runner.plan;

import dev.squall.runner.engine.Endpoint;
import java.net.URI;
import java.net.URISyntaxException;

/** Reads the target's URL. */
final class Endpoints {
  private Endpoints() {}

  /**
   * The endpoint of a base URL such as {@code http://heart-disease.models.svc.cluster.local.:8080}.
   *
   * @throws PlanException if it is none
   */
  static Endpoint parse(String url) {
    try {
      URI uri = new URI(url);
      boolean tls = "https".equals(uri.getScheme());
      if ((!tls && !"http".equals(uri.getScheme())) || uri.getHost() == null) {
        throw new PlanException(
            "spec.target.url", "'" + url + "' is not a base URL such as http://models:8080/v1");
      }
      String host = uri.getHost();
      if (host.startsWith("[") && host.endsWith("]")) {
        host = host.substring(1, host.length() - 1);
      }
      int port = uri.getPort() > 0 ? uri.getPort() : tls ? 443 : 80;
      String path = uri.getRawPath() == null ? "" : uri.getRawPath();
      return new Endpoint(tls, host, port, path.replaceAll("/+$", ""));
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new PlanException("spec.target.url", "'" + url + "' is not a URL: " + e.getMessage());
    }
  }
}
