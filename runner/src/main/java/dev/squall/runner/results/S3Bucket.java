package dev.squall.runner.results;

import com.github.davidmoten.aws.lw.client.Client;
import com.github.davidmoten.aws.lw.client.Credentials;
import com.github.davidmoten.aws.lw.client.HttpMethod;
import com.github.davidmoten.aws.lw.client.Request;
import com.github.davidmoten.aws.lw.client.Response;
import com.github.davidmoten.aws.lw.client.ServiceException;
import com.github.davidmoten.aws.lw.client.xml.XmlElement;
import com.github.davidmoten.aws.lw.client.xml.builder.Xml;
import dev.squall.api.v1alpha1.S3;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one bucket. Each call is tried once; a refusal is a {@link ServiceException} that
 * says the storage's own code and message, storage that cannot be reached an {@link
 * java.io.UncheckedIOException}.
 */
final class S3Bucket {
  /**
   * What is larger goes up in parts of this size, one after the other, so that memory holds one.
   */
  static final int PART_BYTES = 16 << 20;

  private static final int CONFLICT = 412;
  private static final int MISSING = 404;
  private static final int READ_SECONDS = 30;

  private final Client client;
  private final String url;

  S3Bucket(S3 spec, Credentials credentials, SignedHttp http) {
    this.url = url(spec);
    this.client =
        Client.s3()
            .region(spec.region())
            .credentials(credentials)
            .httpClient(http)
            .readTimeout(READ_SECONDS, TimeUnit.SECONDS)
            // Whoever calls knows for how long it is worth trying.
            .retryMaxAttempts(1)
            .retryException(thrown -> false)
            .build();
  }

  private static String url(S3 spec) {
    String endpoint = spec.endpoint();
    if (endpoint == null) {
      String domain = spec.region().startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
      endpoint = "https://s3." + spec.region() + "." + domain;
    }
    String base = endpoint.endsWith("/") ? endpoint : endpoint + "/";
    return spec.pathStyle()
        ? base + spec.bucket() + "/"
        : base.replaceFirst("://", "://" + spec.bucket() + ".");
  }

  private Request request(HttpMethod method, String key) {
    String path =
        URLEncoder.encode(key, StandardCharsets.UTF_8)
            .replace("+", "%20")
            .replace("*", "%2A")
            .replace("%7E", "~")
            .replace("%2F", "/");
    return client.url(url + path).method(method);
  }

  /** An object's content, if there is one. */
  Optional<byte[]> get(String key) {
    Response answer = request(HttpMethod.GET, key).response();
    if (answer.statusCode() == MISSING && code(answer).equals("NoSuchKey")) {
      return Optional.empty();
    }
    return Optional.of(checked(answer).content());
  }

  /** Writes an object unless there is one; says whether it was written. */
  boolean putIfAbsent(String key, String content) {
    Response answer =
        request(HttpMethod.PUT, key)
            .header("Content-Type", "text/plain")
            .header("If-None-Match", "*")
            .requestBody(content)
            .response();
    if (answer.statusCode() == CONFLICT) {
      return false;
    }
    checked(answer);
    return true;
  }

  /** Writes a file as an object, in parts if it is large. */
  void put(String key, String contentType, Path file) throws IOException {
    if (Files.size(file) > PART_BYTES) {
      putParts(key, contentType, file);
    } else {
      checked(
          request(HttpMethod.PUT, key)
              .header("Content-Type", contentType)
              .requestBody(Files.readAllBytes(file))
              .response());
    }
  }

  private void putParts(String key, String contentType, Path file) throws IOException {
    String upload =
        uploadId(
            checked(
                request(HttpMethod.POST, key)
                    .query("uploads")
                    .header("Content-Type", contentType)
                    .response()));
    try {
      complete(key, upload, parts(key, upload, file));
    } catch (RuntimeException | IOException e) {
      abort(key, upload, e);
      throw e;
    }
  }

  private static String uploadId(Response answer) {
    try {
      return XmlElement.parse(answer.contentUtf8()).content("UploadId");
    } catch (RuntimeException e) {
      throw new ServiceException(
          answer.statusCode(), "the answer to an upload in parts names no UploadId: " + e);
    }
  }

  private List<String> parts(String key, String upload, Path file) throws IOException {
    List<String> tags = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      for (byte[] part = in.readNBytes(PART_BYTES);
          part.length > 0;
          part = in.readNBytes(PART_BYTES)) {
        Response answer =
            checked(
                request(HttpMethod.PUT, key)
                    .query("partNumber", Integer.toString(tags.size() + 1))
                    .query("uploadId", upload)
                    .requestBody(part)
                    .response());
        tags.add(answer.firstHeader("ETag").orElse(""));
      }
    }
    return tags;
  }

  private void complete(String key, String upload, List<String> tags) {
    Xml parts =
        Xml.create("CompleteMultipartUpload")
            .attribute("xmlns", "http://s3.amazonaws.com/doc/2006-03-01/");
    for (int i = 0; i < tags.size(); i++) {
      parts =
          parts
              .element("Part")
              .element("PartNumber")
              .content(Integer.toString(i + 1))
              .up()
              .element("ETag")
              .content(tags.get(i))
              .up()
              .up();
    }
    Response answer =
        checked(
            request(HttpMethod.POST, key)
                .query("uploadId", upload)
                .header("Content-Type", "application/xml")
                .requestBody(parts.toString())
                .response());
    // Its 200 is sent before the parts are put together: what went wrong then stands in the body.
    if (!code(answer).isEmpty()) {
      throw refused(answer);
    }
  }

  /** So that the parts do not lie in the bucket for ever. */
  private void abort(String key, String upload, Exception why) {
    try {
      checked(request(HttpMethod.DELETE, key).query("uploadId", upload).response());
    } catch (RuntimeException e) {
      why.addSuppressed(e);
    }
  }

  private static Response checked(Response answer) {
    if (!answer.isOk()) {
      throw refused(answer);
    }
    return answer;
  }

  private static ServiceException refused(Response answer) {
    XmlElement error = error(answer);
    String said =
        error == null
            ? "status " + answer.statusCode()
            : "%s (status %d): %s"
                .formatted(code(answer), answer.statusCode(), text(error, "Message"));
    return new ServiceException(answer.statusCode(), said);
  }

  /** S3's word for what is wrong, or nothing. */
  private static String code(Response answer) {
    XmlElement error = error(answer);
    return error == null ? "" : text(error, "Code");
  }

  private static @Nullable XmlElement error(Response answer) {
    String body = answer.contentUtf8().strip();
    if (!body.contains("<Error")) {
      return null;
    }
    try {
      XmlElement root = XmlElement.parse(body);
      return "Error".equals(root.name()) ? root : null;
    } catch (RuntimeException _) {
      // A proxy's own page, for instance; the status says enough.
      return null;
    }
  }

  private static String text(XmlElement error, String child) {
    List<XmlElement> found = error.childrenWithName(child);
    return found.isEmpty() ? "" : found.getFirst().content();
  }
}
