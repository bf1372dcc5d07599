package dev.squall.runner.engine;

import dev.squall.runner.engine.payload.Bytes;
import dev.squall.runner.recording.FailureKind;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a user does as a browser would: keeps the target's cookies, and goes where answers redirect
 * it. Only its event loop calls it. Allocates for each request.
 */
final class Browsing {
  static final Refusal ELSEWHERE =
      new Refusal(FailureKind.EXPECTATION, "redirected away from the target");
  static final Refusal TOO_OFTEN =
      new Refusal(FailureKind.EXPECTATION, "redirected more often than followRedirects allows");
  static final Refusal NOT_A_URL =
      new Refusal(FailureKind.EXPECTATION, "redirected to what is no URL");

  private static final Pattern BODY_HEADERS =
      Pattern.compile(
          "^content-(?:length|type):[^\r\n]*\r\n", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
  private static final Pattern COOKIE_HEADER =
      Pattern.compile("^cookie:", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

  private final String origin;
  private CookieManager jar = emptyJar();
  private boolean keepsCookies;
  private int hops;
  private String method = "GET";
  private String target = "/";

  /** Whether the next request goes where the last answer led, as a GET without a body or not. */
  private boolean redirected;

  private boolean asGet;

  /**
   * Without cookies yet.
   *
   * @param origin scheme and authority of the target, such as {@code http://models:8080}
   */
  Browsing(String origin) {
    this.origin = origin;
  }

  private static CookieManager emptyJar() {
    return new CookieManager(null, CookiePolicy.ACCEPT_ORIGINAL_SERVER);
  }

  /** Begins a request. */
  void begin(boolean withCookies) {
    keepsCookies = withCookies;
    hops = 0;
    redirected = false;
    asGet = false;
  }

  /** Loses all cookies. */
  void forget() {
    jar = emptyJar();
  }

  /** Changes a written request into the one that is sent: cookies added, redirects followed. */
  void edit(Bytes head, Bytes body) {
    String text = new String(head.array(), 0, head.length(), StandardCharsets.ISO_8859_1);
    int line = text.indexOf("\r\n");
    String[] first = text.substring(0, line).split(" ", 3);
    String rest = text.substring(line + 2);
    method = first[0];
    if (!redirected) {
      target = first[1];
    }
    if (asGet) {
      method = method.equals("HEAD") ? method : "GET";
      rest = BODY_HEADERS.matcher(rest).replaceAll("");
      body.clear();
    }
    String cookies = keepsCookies && !COOKIE_HEADER.matcher(rest).find() ? cookies() : "";
    String edited = method + " " + target + " HTTP/1.1\r\n" + cookies + rest;
    head.clear();
    head.write(edited.getBytes(StandardCharsets.ISO_8859_1));
  }

  private String cookies() {
    try {
      List<String> pairs = jar.get(url(), Map.of()).getOrDefault("Cookie", List.of());
      return pairs.isEmpty() ? "" : "Cookie: " + String.join("; ", pairs) + "\r\n";
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** The URL of the last request; of a target that is no URL, the origin's root. */
  private URI url() {
    try {
      return URI.create(origin + target);
    } catch (IllegalArgumentException _) {
      return URI.create(origin + "/");
    }
  }

  /**
   * Looks at an answer's head.
   *
   * @param most redirects that may be followed
   * @return null, or why where it leads cannot be followed
   */
  @Nullable Refusal look(int status, @Nullable Bytes headers, int most) {
    redirected = false;
    if (keepsCookies) {
      keep(values(headers, "set-cookie"));
    }
    List<String> locations = values(headers, "location");
    boolean leads =
        status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    if (most == 0 || !leads || locations.isEmpty()) {
      return null;
    }
    if (hops == most) {
      return TOO_OFTEN;
    }
    return go(locations.getFirst(), status);
  }

  private @Nullable Refusal go(String location, int status) {
    URI to;
    try {
      to = url().resolve(location);
    } catch (IllegalArgumentException _) {
      return NOT_A_URL;
    }
    if (!sameOrigin(to, URI.create(origin))) {
      return ELSEWHERE;
    }
    hops++;
    redirected = true;
    asGet |= status == 303 || ((status == 301 || status == 302) && method.equals("POST"));
    String path = to.getRawPath() == null || to.getRawPath().isEmpty() ? "/" : to.getRawPath();
    target = to.getRawQuery() == null ? path : path + "?" + to.getRawQuery();
    return null;
  }

  private static boolean sameOrigin(URI one, URI other) {
    return one.getScheme() != null
        && one.getHost() != null
        && one.getScheme().equalsIgnoreCase(other.getScheme())
        && one.getHost().equalsIgnoreCase(other.getHost())
        && port(one) == port(other);
  }

  private static int port(URI of) {
    return of.getPort() >= 0 ? of.getPort() : "https".equalsIgnoreCase(of.getScheme()) ? 443 : 80;
  }

  /** Whether the answer led on, to a request that is yet to be sent. */
  boolean redirected() {
    return redirected;
  }

  /** Whether the last request has had redirects followed. */
  boolean following() {
    return hops > 0;
  }

  private void keep(List<String> cookies) {
    if (cookies.isEmpty()) {
      return;
    }
    try {
      jar.put(url(), Map.of("Set-Cookie", cookies));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    // With Max-Age the JDK takes a cookie for one of RFC 2965, and would send its odd attributes.
    for (HttpCookie cookie : jar.getCookieStore().getCookies()) {
      cookie.setVersion(0);
    }
  }

  private static List<String> values(@Nullable Bytes headers, String name) {
    List<String> values = new ArrayList<>();
    if (headers != null) {
      String text = new String(headers.array(), 0, headers.length(), StandardCharsets.ISO_8859_1);
      text.lines()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
          .forEach(line -> values.add(line.substring(name.length() + 1).strip()));
    }
    return values;
  }
}
