package dev.squall.runner.results;

import com.github.davidmoten.aws.lw.client.Client;
import com.github.davidmoten.aws.lw.client.Credentials;
import com.github.davidmoten.aws.lw.client.HttpMethod;
import com.github.davidmoten.aws.lw.client.Request;
import com.github.davidmoten.aws.lw.client.Response;
import com.github.davidmoten.aws.lw.client.ServiceException;
import dev.squall.api.v1alpha1.S3;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

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

  /** A request about an object, to be sent. */
  Request request(HttpMethod method, String key) {
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
    if (answer.statusCode() == MISSING && S3Refusal.code(answer).equals("NoSuchKey")) {
      return Optional.empty();
    }
    return Optional.of(S3Refusal.checked(answer).content());
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
    S3Refusal.checked(answer);
    return true;
  }

  /** Writes a file as an object, in parts if it is large. */
  void put(String key, String contentType, Path file) throws IOException {
    if (Files.size(file) > PART_BYTES) {
      new MultipartUpload(this, key).put(contentType, file);
    } else {
      S3Refusal.checked(
          request(HttpMethod.PUT, key)
              .header("Content-Type", contentType)
              .requestBody(Files.readAllBytes(file))
              .response());
    }
  }
}
